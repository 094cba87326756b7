-- `os`, its submodule, and what another crate adds to it.
local os, path = require "os", require "os.path"
print(os, path, os.path == path, _G.os ~= os, require "lua.os" == _G.os)
print(os.sep, os.cpu_count() > 0, os.devnull, os.tempdir ~= nil)
os.tempdir = "/elsewhere"
print(os.tempdir)
os.tempdir = nil
print(pcall(function() return os.tempdir end))
print(path.join("a", "b", "../c"), path.normpath("a/b/../c"), path.split("a/b.c")[1], table.concat(path.splitext("a/b.c"), " "))
print(pcall(path.join, "a", 1))
print(pcall(os.mkdir, "/proc/nothing"))
local ok, err = pcall(os.listdir, "/nowhere")
print(err, err.kind, err.errno == require "errno".ENOENT, require "errno".errorcode[err.errno])
print(os.getenv("NO_SUCH"), os.getenv("NO_SUCH", "default"), os.getenv { key = "NO_SUCH", default = 1 })
local names = os.listdir("/proc/self/fd")
print(type(names), #names > 2)
