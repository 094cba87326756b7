local errno = require "errno"
local function load(name)
  return (errno[name])
end
load("EPRM")
