-- Loads, stores and deletes.
local sys = require "sys"
print(sys.__name__, sys.__doc__)
print(sys.version, sys.maxsize, sys.debug, sys.argv)
print(sys.platform, sys.readonly)
print(rawequal(sys.add, sys.add), sys.add(2, 3))

local function try(action)
  local ok, err = pcall(action)
  print(ok, ok or tostring(err))
end

try(function() return sys.ps1 end)
sys.ps1 = ">>> "
print(sys.ps1)
sys.ps1 = "> "
print(sys.ps1)
sys.ps1 = nil
try(function() return sys.ps1 end)
try(function() sys.ps1 = nil end)
try(function() sys.verzion = 1 end)
try(function() sys.nothing_like_it = nil end)
try(function() sys.readonly = 1 end)
try(function() return sys[1] end)
try(function() return sys["\xff"] end)
try(function() return sys.__index end)
try(function() return setmetatable(sys, {}) end)

-- An extension replaces and adds.
local os = require "os"
print(os.sep, os.linesep == "\n", os.cpus)
print(type(sys), getmetatable(sys), next(sys), #sys)
