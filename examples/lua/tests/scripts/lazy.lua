-- Modules are found when they are required and loaded when they are used.
local enroll = require "enroll"
local lazy = enroll.lazy

local function told(count) return count.found .. "+" .. count.builtin end
local function report()
  local report = lazy.report()
  local parts = {}
  for _, name in ipairs { "waiting", "most", "loaded", "before", "bypassed", "lost" } do
    parts[#parts + 1] = name .. " " .. told(report[name])
  end
  print(table.concat(parts, ", "))
end

local function preload(name, body)
  package.preload[name] = function(...)
    print("load " .. name)
    return body(...)
  end
end
preload("config", function(name, origin) return { name = name, origin = origin, 10, 20 } end)
preload("greet", function() return function(who) return "hello " .. who end end)
preload("broken", function() if not mended then error "no config" end return { fine = true } end)
preload("plugin.a", function() return { "a" } end)
preload("eager", function() return {} end)
preload("nothing", function() end)

local errno = require "errno"
lazy.install { names = { "eager" }, packages = { "plugin" } }
report()

-- A native module waits as it is.
local sys = require "sys"
print(sys, lazy.is_waiting(sys), lazy.is_waiting "errno")
print(sys.version, lazy.is_waiting(sys))

-- A proxy stands for what a file will give.
local config, origin = require "config"
print(config, type(config), origin, lazy.is_waiting(config))
settings = config
print(require "config" == config, config == {})
report()
print(config.name, config.origin, #config, tostring(config) == tostring(package.loaded.config))
print(package.loaded.config ~= nil, rawequal(package.loaded.config, config), config == package.loaded.config)
print(rawequal(settings, package.loaded.config))
config.added = "later"
print(package.loaded.config.added, rawget(config, "added"))
for place, item in ipairs(config) do io.write(place, "=", item, " ") end
print()

-- A call, and `pairs`.
local greet = require "greet"
print(greet("Lua"), type(package.loaded.greet))
local keys = {}
for key in pairs(require "config") do keys[#keys + 1] = tostring(key) end
table.sort(keys)
print(table.concat(keys, " "))

-- What is missing, or no Lua, fails where it is required.
local ok, err = pcall(require, "ernno")
print(ok, (err:match "no builtin[^\n]*"))
package.searchers[#package.searchers + 1] = function(name)
  if name == "syntax" then error("syntax.lua:1: unfinished") end
end
print(pcall(require, "syntax"))

-- What fails at its first use says where it was required, and can be tried
-- again.
local broken = require "broken"
local ok, err = pcall(function() return broken.fine end)
print(ok, err)
print(err.kind, err.module, err.cause, err.position)
print(lazy.is_waiting(broken))
mended = true
print(broken.fine, lazy.is_waiting(broken))

-- Bypasses are loaded at once.
require "plugin.a"
require "eager"
report()

-- A module that gives nothing is true; using it is an error of this script.
local nothing = require "nothing"
print(pcall(function() return nothing.x end))
print(require "nothing")

-- Circles: a half-made module is seen, not used.
preload("one", function() local two = require "two"; return { two = two, name = "one" } end)
preload("two", function() local one = require "one"; return { one = one, name = "two" } end)
print(require "one".two.one.name)
preload("early", function(name)
  local early = { name = name }
  package.loaded[name] = early
  early.other = require "other".seen
end)
local early = require "early"
preload("other", function() return { seen = early.name } end)
print(early.other, rawequal(early, require "early"), early == require "early")
preload("three", function() return require "four" end)
preload("four", function() return { name = require "three".name } end)
print(pcall(function() return require "three".name end))

-- Reload through what waits loads it; through what is loaded, runs it again.
preload("fresh", function() return { time = 1 } end)
local fresh = require "fresh"
print(enroll.reload(fresh).time)
preload("fresh", function() return { time = 2 } end)
print(enroll.reload(fresh).time, fresh.time)

-- One that is dropped, and one that is unloaded, before it was used.
require "one"
preload("dropped", function() return { dropped = true } end)
local dropped = require "dropped"
package.loaded.dropped = nil
print(dropped.dropped, package.loaded.dropped)
preload("left", function() return {} end)
local left = require "left"
enroll.unload "left"
report()

-- Uninstalled: modules load at once; what waits still does.
preload("late", function() return { late = true } end)
local late = require "late"
lazy.uninstall()
preload("soon", function() return {} end)
require "soon"
print(late.late, lazy.is_waiting "late")
report()
