-- Names that no crate of the build has: storing interns them, asking does not.
local bag = require "bag"
print(pcall(function() return bag.speed end))
bag.speed = 7
bag.colour = "red"
print(bag.speed, bag.colour)
for name, value in pairs(bag) do io.write(name, "=", tostring(value), " ") end
print()
print(pcall(function() return bag.sped end))
bag.speed = nil
print(pcall(function() return bag.speed end))
print(pcall(function() bag.never = nil end))
print(pcall(function() bag[("x"):rep(1025)] = 1 end))

-- Strangers cannot fill the memory with them.
package.path = ""
local settings = require "settings"
local ok, err
for i = 1, 20000 do
  ok, err = pcall(function() settings["name" .. i] = i end)
  if err.kind ~= "AttributeError" then
    break
  end
end
print(err)
print(bag.colour, settings.origin)
