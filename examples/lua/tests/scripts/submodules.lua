-- A submodule brings its package; both are initialised once.
local path = require "os.path"
print(path, path.curdir)
print(package.loaded["os.path"] == path)
local os = require "os"
print(os.path == path)

-- A file in the place of a package hides the builtin submodules.
local ok, err = pcall(require, "net.wifi")
print(ok, require "net".origin)
package.loaded.net = nil
package.path = ""
print(require "net.wifi".origin, require "net".wifi == require "net.wifi")
