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
print(#v.deep(20)[1][1], pcall(v.deep, 70))
local itself = v.itself()
print(#itself, itself[1], itself[2] == itself)

-- A list or dict that its module keeps is one for both.
local kept = v.kept()
print(type(kept), kept, kept == v.kept(), rawequal(kept, v.kept()), v.kind(kept))
kept[#kept + 1] = 3
table.insert(kept, 1, 0)
print(v.kept(), #kept, table.concat(kept, " "), table.remove(kept), v.kept())
kept[1] = nil
for i, item in pairs(kept) do io.write(i, "=", item, " ") end
for i, item in ipairs(kept) do io.write(i, "=", item, " ") end
print(kept[9])
print(pcall(function() kept[9] = 1 end))
print(pcall(function() return kept.append end))
local dict = v.kept_dict()
dict.a, dict[2], dict[1], dict.gone = 1, "two", nil, nil
print(dict, dict.a, dict[2], dict[1], #dict, v.kept_dict() == dict)
for key, value in pairs(dict) do io.write(key, "=", value, " ") end
print()

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

-- What values hold, which one they are, and their methods.
print(v.shape {}, v.shape { 1, 2 }, v.shape { a = 1 }, v.shape { 1, a = 2 }, v.shape { 1, nil, 3 })
print(v.shape { [2] = 1 }, v.shape(print), v.shape(v.kept()), v.shape "text", v.shape(1.5))
print(v.same_one(t, t), v.same_one({}, {}), v.same_one(print, print), v.same_one(1, 1))
local counter = { n = 3, add = function(self, by) return self.n + by end }
print(v.method(counter, "add", 4), pcall(v.method, counter, "n"), pcall(v.method, counter, "none"))
print(v.method(setmetatable({}, { __index = counter }), "add", 1))
print(v.call_with_list(function(list) return type(list) .. type(list[1]) .. #list end))
