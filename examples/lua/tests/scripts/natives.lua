-- What scripts are told of native modules, and how they reach them.
local enroll = require "enroll"

print(table.concat(enroll.builtins(), " "))
for _, name in ipairs { "errno", "sys", "os", "uerrno", "os.path", "nothing" } do
  io.write(name, "=", enroll.is_builtin(name), " ")
end
print()

-- A file has taken the place of this one; the reserved package and a call lead
-- to the module of the table all the same.
print(require "settings".origin)
print(require "builtins.settings".origin, enroll.builtin "settings".origin)
print(rawequal(require "builtins.settings", enroll.builtin "settings"))
local builtins = require "builtins"
print(builtins, builtins.errno, builtins.errno == require "errno")
print(pcall(function() return builtins.nothing end))
print((select(2, pcall(require, "builtins.nothing")):match("no builtin[^\n]*")))
print(require "builtins.os.path", enroll.builtin "nothing")

-- What `require` would load.
local function find(name)
  local spec, told = enroll.find(name)
  if spec then
    print(spec.name, spec.builtin, (spec.origin:gsub("^.*/", "")))
  else
    print(spec, (told:gsub("\n.*", "")))
  end
end
package.preload.ready = function() end
find "errno"
find "settings"
find "ready"
find "ernno"
package.path = ""
find "settings"

-- `help`, with the registered name.
io.write(enroll.help "uerrno")
print(pcall(enroll.help, "ready"))
