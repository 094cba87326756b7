-- Native types and their instances.
local v = require "values"
local Stack = v.Stack
print(Stack, type(Stack), Stack.__name__, Stack.__doc__, rawequal(Stack, v.Stack))
local s = Stack("a", "b", { label = "S" })
print(s, type(s), #s, s.label)
s:push("c")
s:push("d", { times = 2 })
print(s, s:pop(), #s, s.push == s.push, Stack.push == s.push)
Stack.push(s, "e")

-- Positions count from 1, from the end with a minus.
print(s[1], s[2], s[-1], s[0], s[99])
s[1] = "A"
s[2] = nil
print(s)
for i, item in ipairs(s) do io.write(i, "=", item, " ") end
print()
for i, item in pairs(s) do io.write(i, "=", item, " ") end
print()
print(table.concat(s, ","), table.unpack(s))
for n in v.Odd(8) do io.write(n, " ") end
print()
for i, n in pairs(v.Odd(4)) do io.write(i, "=", n, " ") end
print()

-- Fields.
s.label = "T"
print(s.label, s)
s.label = nil
print(s)

-- Operators.
local a, b = Stack(1), Stack(1, 2)
print(-b, a + b, b - a, a + 10, 10 - b, a < b, a <= b, a > b, b >= a)
print(a == Stack(1), a == b, a ~= b, a == 1, rawequal(a, Stack(1)))
print("stack: " .. a, a .. b, a .. 1)
print(a(1, 2), v.call(a, 1))

-- One object is one value, also inside another and as a key.
local keys = { [a] = "found" }
b:push(a)
print(keys[b[3]], rawequal(b:pop(), a), rawequal(v.same(a), a))

local function try(action)
  print(pcall(action))
end
try(function() return s.psuh end)
try(function() s.nothing = 1 end)
try(function() return s["1"] end)
try(function() return s * 2 end)
try(function() return ~s end)
try(function() return s < {} end)
try(function() return Stack.nothing end)
try(function() return Stack(1, { lable = "x" }) end)
try(function() return v.Odd(1)(2)(3) end)
try(function() return #v.Odd(1) end)
try(function() v.Odd(1)[1] = 1 end)
try(function() return v.Odd(1)[1] end)
try(function() Stack().pop() end)
try(function() Stack.pop({}) end)
try(function() Stack():pop() end)

-- Closed at the end of its scope; dropped when it is collected.
do
  local c <close> = a
  print(#a)
end
print(#a)
a, b, s, keys = nil, nil, nil, nil
collectgarbage()
collectgarbage()
v.drops()
local before = v.drops()
for _ = 1, 100 do Stack(1) end
collectgarbage()
collectgarbage()
print(v.drops() - before)
