-- Containers of a crate that the firmware does not name.
local collections = require "collections"
local d = collections.deque({ 1, 2, 3 }, { maxlen = 4 })
d:append(4)
d:append(5)
print(d, #d, d[1], d[-1], d.maxlen)
d:appendleft(0)
print(d, d:pop(), d:popleft(), d)
for i, x in pairs(d) do io.write(i, "=", x, " ") end
for i, x in ipairs(d) do io.write(i, "=", x, " ") end
print(collections.deque { 1 } == collections.deque { 1 }, collections.deque { 1 } == collections.deque { 2 })
d[1] = "first"
print(d, "d: " .. d)
print(pcall(function() return d.appned end))
local t = {}
d:append(t)
print(rawequal(d:pop(), t))
print(pcall(collections.deque, 5))
print(pcall(d.pop))

local Point = collections.namedtuple("Point", { "x", "y" })
local p = Point(1, 2)
print(Point, p, p.x, p.y, p[1], p[2], #p, p == Point { x = 1, y = 2 })
print(table.unpack(p))
print(pcall(function() p.x = 5 end))
print(pcall(function() return p.z end))
print(pcall(Point, 1))
local random = require "random"
random.seed(1)
print(random.choice(d), random.choice { 1, 2, 3 }, random.choice "abc", random.randrange { start = 0, stop = 10, step = 5 })

-- Deques in deques, deeper than any stack: written in part, not compared,
-- dropped in full.
local function nested(depth)
  local outer = collections.deque()
  for _ = 1, depth do
    local next = collections.deque()
    next:append(outer)
    outer = next
  end
  return outer
end
local one, other = nested(20000), nested(20000)
print(#tostring(one) < 2000)
print(pcall(function() return one == other end))
one, other = nil, nil
collectgarbage()
