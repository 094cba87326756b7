-- `pairs` is over what `dir` lists and what has a value.
local sys = require "sys"
local function list(module)
  local names = {}
  for name, value in pairs(module) do
    names[#names + 1] = name .. "=" .. type(value)
  end
  print(module, table.concat(names, " "))
end
list(sys)
sys.ps2 = "... "
list(sys)
list(require "os")
list(require "errno")
