-- Values of portable modules, both ways.
local v = require "values"
print(v.NONE, v.YES, v.INT, v.FLOAT, v.STR, #v.BYTES, math.type(v.FLOAT))
print(v.TUPLE[1], v.TUPLE[2], #v.TUPLE[3], #v.LIST, table.concat(v.LIST, " "))
print(v.DICT[1], v.DICT.a, v.DICT == v.DICT)
for i, item in ipairs(v.LIST) do io.write(i, "=", item, " ") end
for key, item in pairs(v.DICT) do io.write(key, "=", item, " ") end
print()
print(pcall(function() v.DICT.a = 1 end))
print(pcall(function() v.LIST[1] = 1 end))

-- What a script gives is what it gets back.
local table_, function_, thread = {}, function() end, coroutine.create(print)
for _, value in ipairs { 1, 1.5, "text", "\xff", true, table_, function_, thread, io.stdout, v, v.Stack, v.Stack(1) } do
  print(v.kind(value), rawequal(v.same(value), value) or value == v.same(value))
end
print(v.kind(nil), v.same(nil), v.same(1) == 1, math.type(v.same(1.0)))
print(v.text((require "os")), v.text({}):match("^table: ") ~= nil)

-- What portable modules make.
local list = v.list(1, "two", table_)
print(#list, list[2], rawequal(list[3], table_), #v.pair(1, 2), v.table("k", 1).k)
list[1] = 7
print(list[1])
print(pcall(v.itself))

-- What they do with tables, functions and the rest.
print(v.sum { 1, 2, 3 }, v.sum(v.LIST), v.sum(v.Stack(4, 5)))
local n = 0
print(v.sum(function() n = n + 1; if n < 4 then return n end end))
print(v.item({ 10, 20 }, 0), v.item({ 10, 20 }, -1), v.item({ a = 1 }, "a"), v.item({ [5] = 1 }, 5))
print(pcall(v.item, { 1 }, 1))
print(pcall(v.item, { a = 1 }, "b"))
print(pcall(v.item, 5, 1))
local t = { 1, 2, 3 }
v.set(t, 0, 9)
v.remove(t, 1)
print(table.concat(t, " "), v.length(t), v.length { a = 1, b = 2 }, v.length("Zoë"))
print(v.equal(t, t), v.equal({}, {}), v.equal(1, 1.0))
print(v.get({ x = 1 }, "x"), pcall(v.get, {}, "x"))
print(v.get(v, "INT"), v.get(require "errno", "EPERM"), pcall(v.get, v, "INTT"))
for item in v.each { 7, 8 } do io.write(item, " ") end
v.say "said\n"
print(v.call(function(...) return select("#", ...) end, 1, nil, 3), v.call(math.max, 3, 9))
print(v.call(setmetatable({}, { __call = function(_, x) return x end }), 5))
print(v.call(v.greet, "Lua"))
print(pcall(v.call, {}))
