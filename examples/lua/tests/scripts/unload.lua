-- Modules leave, and what they keep goes with them.
local enroll = require "enroll"

local function show(name)
  local names, holders = enroll.unload(name)
  print(table.concat(names, " "))
  for _, held in ipairs(holders) do
    print("  " .. held.holder .. " holds " .. held.module)
  end
end

-- One with a deinit ends and begins anew.
local sys = require "sys"
sys.ps1 = "> "
sys.version = "patched"
print(sys.count(), sys.count(), sys.version)
show "sys"
print(pcall(function() return sys.version end))
print(pcall(function() sys.ps1 = 1 end))
print(pcall(pairs, sys))
print(sys)
local new = require "sys"
print(new ~= sys, new.count(), new.version, pcall(function() return new.ps1 end))

-- One with an init alone is the same again: it is not run twice.
local path = require "os.path"
show "os"
print(require "os.path" == path)

-- All names of a native module go; who holds it is told.
errno = require "uerrno"
package.loaded.app = { codes = require "errno", [1] = errno }
show "errno"
print(package.loaded.errno, package.loaded.uerrno)
app, errno = nil, nil

-- Files: the module, what is below its name, and the field of its package.
for _, name in ipairs { "net2", "net.wifi.scan", "net.wifi", "net" } do
  package.preload[name] = function(name) return { name = name } end
  require(name)
end
local net = require "net"
net.wifi, net.scan = require "net.wifi", require "net.wifi.scan"
show "net.wifi"
print(net.wifi, net.scan.name, package.loaded.net == net, package.loaded["net.wifi.scan"])
show "net"
print(package.loaded.net, package.loaded.net2.name)
print(require "net" ~= net)

-- Two versions of a package, one after the other.
for version = 1, 2 do
  package.preload.driver = function() return { version = version } end
  package.preload["driver.bus"] = function() return require "driver" end
  print(require "driver.bus".version)
  show "driver"
end

print(pcall(enroll.unload, "nothing"))
print(pcall(enroll.unload, "ne"))
