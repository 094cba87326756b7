-- A module in read-only memory is patched while it is used.
local enroll, errno, sys = require "enroll", require "errno", require "sys"

local function try(action)
  local ok, err = pcall(action)
  print(ok, ok or tostring(err))
end

-- Plain assignment: what the module has takes another value, also after loads
-- that kept the old one.
print(errno.EPERM, errno.EPERM)
errno.EPERM = 100
print(errno.EPERM, require "uerrno".EPERM)
errno.EPERM = 200
print(errno.EPERM)

-- nil hides a constant; undoing reveals it.
errno.EPERM = nil
try(function() return errno.EPERM end)
try(function() errno.EPERM = nil end)
errno.EPERM = 300
print(errno.EPERM)
print(enroll.undo(errno, "EPERM"), errno.EPERM, enroll.undo(errno, "EPERM"))

-- A name that the module has not is a mistake, unless it is meant.
try(function() errno.EPRM = 1 end)
enroll.patch("errno", "EMINE", 1000)
print(errno.EMINE)
errno.EMINE = 1001
print(errno.EMINE)
errno.EMINE = nil
try(function() return errno.EMINE end)

-- A hook that claims a name has it: that is no patch.
sys.ps1 = "> "
print(sys.ps1, #enroll.patches(sys))

-- Owners: the newest counts, and each can be taken back in any order.
enroll.patch(errno, "ENOENT", "first", "one")
enroll.patch(errno, "ENOENT", "second", "two")
enroll.hide(errno, "EROFS", "two")
enroll.patch(errno, "ENOENT", "third", "three")
print(errno.ENOENT)
for _, patch in ipairs(enroll.patches(errno)) do
  print(patch.name, patch.owner, patch.value, patch.hidden)
end
print(enroll.undo_all "three", errno.ENOENT)
print(enroll.undo(errno, "ENOENT", "one"), errno.ENOENT)
print(enroll.undo_all "two", errno.ENOENT, errno.EROFS, #enroll.patches(errno))

-- A script that patches owns its patches by its name.
load("local errno = require 'errno'; errno.EROFS = 'read-only'", "@vendor/fixes.lua")()
print(errno.EROFS, enroll.patches "errno"[1].owner)
print(enroll.undo_all "vendor/fixes.lua", errno.EROFS)

-- Functions, and what calls them by the module.
local add = sys.add
sys.add = function(a, b) return add(a, b) * 10 end
print(sys.add(1, 2), add(1, 2))
enroll.undo_all()
print(sys.add(1, 2), sys.add == add)

-- Submodules, names that an extension gives, and `pairs`.
local os = require "os"
print(os.path, os.cpus)
os.path, os.cpus = nil, 8
print(pcall(function() return os.path end))
for name, value in pairs(os) do io.write(name, "=", tostring(value), " ") end
print()
print(require "os.path", os.cpus)
enroll.undo_all()
print(os.path, os.cpus)

-- A portable module, and native code that reads it.
local values = require "values"
values.INT = 3
print(values.INT, values.get(values, "INT"))
enroll.undo(values, "INT")
print(values.INT, values.get(values, "INT"))

-- What can be wrong.
try(function() enroll.patch({}, "x", 1) end)
print(select(2, pcall(enroll.patch, "nothing", "x", 1)):match "no builtin[^\n]*")
try(function() enroll.patch(errno) end)
