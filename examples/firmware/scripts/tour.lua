-- Modules come from the crates of this build; no file lists them.
firmware = require "firmware"
print(firmware, table.concat(firmware.modules(), " "))

-- Constants are in read-only memory, and each has its name there once.
errno = require "errno"
print(errno.ENOENT, errno.errorcode[errno.ENOENT], errno.strerror(errno.ENOENT))

-- A wrong name is an error that knows the near ones.
print(pcall(function()
  return errno.ENOETN
end))
print((select(2, pcall(require, "ernno")):match("no builtin[^\n]*")))

-- A submodule, and names that another crate adds to the module.
path = require "os.path"
print(path, path.join("lib", "init.lua"), path.basename "lib/init.lua")
os = require "os"
print(os.path == path, os.sep, os.cpu_count() > 0)

-- Native types are objects: positions count from 1, a colon calls a method.
deque = require "collections".deque
queue = deque({ "a", "b" }, { maxlen = 3 })
queue:append("c")
queue:append("d")
print(queue, #queue, queue[1])
print(queue:popleft(), queue)
Point = require "collections".namedtuple("Point", { "x", "y" })
print(Point(3, 4), Point { x = 3, y = 4 }.y, Point(1, 2) == Point(1, 2))

-- The same seed gives the same numbers, on every interpreter.
random = require "random"
random.seed(42)
print(random.getrandbits(32), random.randint(1, 6), random.choice(queue))
print(pcall(random.getrandbits, 33))

-- Crates that many programs rely on, as modules: hashes, patterns, JSON.
hashlib = require "hashlib"
print(hashlib.sha256("abc"):hexdigest():sub(1, 16))
json = require "json"
re = require "re"
reading = json.loads '{"log": "temp=21 hum=40", "ok": true}'
print(json.dumps(re.findall("([a-z]+)=([0-9]+)", reading.log)))

-- Scripts are frozen into the image too, packages with their data files.
units = require "units"
print(units.convert(26.2, "mi", "km"), table.concat(units.of "mass", " "))
print(pcall(units.convert, 1, "kg", "m"))

-- A hook answers what is no constant: load, store, delete.
sys = require "sys"
print(sys.ps1, sys == require "usys")
sys.ps1 = "lua> "
print(sys.ps1)
sys.ps1 = nil
print(pcall(function() return sys.ps1 end))

-- A list that the module keeps is shared with the script.
sys.path[#sys.path + 1] = "lib"
print(sys.path)

-- The firmware's own module uses what only Lua has.
firmware.memory_limit = 64 * 1024 * 1024
print(firmware.memory_limit, firmware.memory() < firmware.memory_limit)
print(pcall(function() firmware.memory_limit = -1 end))

-- A script patches what is in read-only memory, and takes it back.
enroll = require "enroll"
errno.ENOENT = "nowhere"
print(errno.ENOENT, enroll.patches(errno)[1].owner)
errno.ENOENT = nil
print(pcall(function() return errno.ENOENT end))
print(enroll.undo(errno, "ENOENT"), errno.ENOENT)

-- A lazy module is found when it is required and loaded when it is used.
package.preload.settings = function() print "loaded" return { speed = 7 } end
enroll.lazy.install()
settings = require "settings"
print(settings)
print(settings.speed, enroll.lazy.is_waiting "settings")
enroll.lazy.uninstall()

-- Its code runs again in the same table, or it leaves.
package.preload.settings = function() return { speed = 9 } end
print(enroll.reload "settings" == settings, settings.speed)
names, holders = enroll.unload "settings"
print(names[1], holders[1].holder, package.loaded.settings)
