-- The code of a module runs again, in the same table.
local enroll = require "enroll"

-- Modules whose text can change.
local sources = {}
table.insert(package.searchers, function(name)
  local source = sources[name]
  if source then
    return assert(load(source, "@" .. name .. ".lua")), name .. ".lua"
  end
  return "no source '" .. name .. "'"
end)

sources.counter = [[
  local M = { count = 0, old = true }
  function M.up() M.count = M.count + 1 return M.count end
  return M
]]
local counter = require "counter"
local up = counter.up
print(up(), up(), counter.count, counter.old)

sources.counter = [[
  local M = { count = 100, new = ... }
  function M.up() M.count = M.count + 10 return M.count end
  return M
]]
print(enroll.reload "counter" == counter, require "counter" == counter)
-- New names are there, old ones stay, and a function that was taken out is the
-- old one.
print(counter.count, counter.new, counter.old)
print(counter.up(), counter.count, up(), counter.count)

-- A class: objects of before have the new methods.
sources.point = [[
  local Point = {}
  Point.__index, Point.class = Point, Point
  function Point.new(x) return setmetatable({ x = x }, Point) end
  function Point:get() return self.x end
  return Point
]]
local Point = require "point"
local before = Point.new(1)
sources.point = sources.point:gsub("return self.x", "return self.x * 2")
print(enroll.reload(Point) == Point, before:get(), Point.new(3):get())
print(rawequal(Point.class, Point), rawequal(Point.__index, Point))

-- Code that fails changes nothing, unless it has its own table.
sources.counter = "error 'broken'"
print(pcall(enroll.reload, counter))
print(require "counter" == counter, counter.count)
sources.counter = [[
  local M = package.loaded.counter
  M.count = "half"
  error "broken"
]]
print(pcall(enroll.reload, counter))
print(counter.count, enroll.restore(counter), counter.count, enroll.restore(counter))
-- However many failed, what was there before the first of them comes back.
print(pcall(enroll.reload, counter))
sources.counter = sources.counter:gsub("half", "quarter")
print(pcall(enroll.reload, counter))
print(counter.count, enroll.restore(counter), counter.count)
-- After one that went well there is nothing to restore.
print(pcall(enroll.reload, counter))
local count = counter.count
sources.counter = "return { fine = true }"
print(enroll.reload(counter).fine, enroll.restore(counter), counter.fine, counter.count == count)
counter.count = 130
sources.counter = "package.loaded.counter = {} error 'broken'"
print(pcall(enroll.reload, counter))
print(require "counter" == counter)
sources.counter = "return {"
print(pcall(enroll.reload, counter))

-- What is given is no table any more, or nothing.
sources.counter = "return 'text'"
print(enroll.reload "counter", require "counter")
sources.counter = "return { again = true }"
print(enroll.reload "counter".again, counter.again)
sources.counter = ""
print(enroll.reload "counter".again)

-- What the code only passes on is left as it is, and takes the place.
sources.shared = "return { kept = 1 }"
sources.alias = "return {}"
local shared, alias = require "shared", require "alias"
sources.alias = "return require 'shared'"
print(enroll.reload "alias" == shared, require "alias" == shared, alias.kept)
sources.alias = "return require 'errno'"
print(enroll.reload "alias", require "alias" == require "errno")

-- Native modules are not initialised again.
local sys = require "sys"
sys.ps1 = "> "
print(enroll.reload(sys) == sys, sys.ps1, enroll.restore(sys))

-- Only what is loaded.
print(pcall(enroll.reload, "nothing"))
print(pcall(enroll.reload, {}))
print(pcall(enroll.reload, nil))
sources.shared = nil
print(pcall(enroll.reload, "shared"))
