-- A submodule brings its package; both are initialised once.
local path = require "os.path"
print(path, path.curdir)
print(package.loaded["os.path"] == path)
local os = require "os"
print(os.path == path)

-- A file in the place of a package hides the builtin submodules.
local ok, err = pcall(require, "net.wifi")
print(ok, require "net".origin)
table.insert(package.searchers, function(name)
  if name == "net.wifi" then return function() return { origin = "searcher" } end end
end)
print(require "net.wifi".origin)
table.remove(package.searchers)
package.loaded.net, package.loaded["net.wifi"] = nil, nil
package.path = ""
print(require "net.wifi".origin, require "net".wifi == require "net.wifi")
