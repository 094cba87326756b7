-- What a script sees of a native error.
local errno, sys = require "errno", require "sys"
local ok, err = pcall(function()
  return errno.EPRM
end)
print(ok, err)
print(err.kind, err.module, err.name, table.concat(err.near, " "))
print(err.message)
print(err.position)

local function try(...)
  local _, err = pcall(...)
  print(err)
  print(err.kind, err.module, err.name, err.message)
end
try(sys.fail)
try(function() sys.add(1, 2 ^ 80) end)
try(function() sys.add(math.maxinteger, 1) end)
try(function() sys.add({}, 1) end)
try(function() sys.add() end)

-- A script's own error passes through native code as it is.
local mine = setmetatable({}, { __tostring = function() return "mine" end })
local ok, err = pcall(sys.apply, function() error(mine) end)
print(ok, rawequal(err, mine))
local ok, err = pcall(sys.apply, function() return errno.EPRM end)
print(ok, err, err.kind)
print(sys.apply(function(...) return select("#", ...), ... end, 1, nil, nil))
print(coroutine.wrap(function() return pcall(sys.fail) end)())

print(errno.ENOET)
