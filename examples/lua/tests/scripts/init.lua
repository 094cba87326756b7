-- A failed `init` leaves nothing behind and can be tried again.
local ok, err = pcall(require, "fragile")
print(ok, err)
print(package.loaded.fragile, package.loaded.brittle)
ready = true
print(require "fragile".value, require "brittle" == require "fragile")
ready = false
print(require "fragile" == require "brittle")
