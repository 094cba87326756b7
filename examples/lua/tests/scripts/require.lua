-- What `require` finds, in which order, under which names.
local errno, origin = require "errno"
print(errno, origin)
print(package.loaded.errno == errno)
print(require "uerrno" == errno, package.loaded.uerrno == errno)

-- Dropped and asked for again: the same object, and no second `init`.
local sys = require "sys"
package.loaded.sys = nil
print(require "sys" == sys)

-- Replaced by a script.
package.loaded.errno = "mine"
print(require "errno")

-- Preload comes first.
package.preload.settings = function() return { origin = "preload" } end
print(require "settings".origin)

-- A file takes the place of an extensible module, and of none other.
package.preload.settings, package.loaded.settings = nil, nil
print(require "settings".origin)
package.path = ""
package.loaded.settings = nil
print(require "settings".origin, select(2, require "settings"))

-- Lua's own library steps aside for a module of its name.
local os = require "os"
print(os, os.sep)
print(require "lua.os" == _G.os, type(_G.os.time))

for _, name in ipairs { "ernno", "nothing", "os.paht", "errno.x", "" } do
  local ok, err = pcall(require, name)
  print(ok, (tostring(err):match("no builtin module [^\n]*")))
end

-- A name of any length and depth is not found.
local enroll = require "enroll"
local deep = ("path."):rep(20000) .. "path"
for _, name in ipairs { deep, "builtins." .. deep, "os." .. deep, ("."):rep(20000) } do
  local found, told = enroll.find(name)
  print(found, type(told), (pcall(require, name)))
end
