-- What stands for a module that was found and not loaded.
--
-- It is an empty table. The first time that it is indexed, assigned to, called
-- or counted, or that `pairs` goes through it, the module is loaded; from then
-- on its metatable leads to what the module is, in Lua alone.
local set_metatable = ...
local error, pairs, pcall, rawequal = error, pairs, pcall, rawequal
local setmetatable, tostring, type = setmetatable, tostring, type

local weak = { __mode = "k" }
-- Those that wait, with their name and what loads them.
local waiting = setmetatable({}, weak)
-- Those that are loaded, with what they stand for.
local real_of = setmetatable({}, weak)

local loaded

-- What a value stands for; a module that waits is loaded.
local function real(value)
  local found = real_of[value]
  if found ~= nil then
    return found
  end
  local module = waiting[value]
  if module == nil then
    return value
  end
  local found, is_done = module.load()
  if is_done then
    waiting[value] = nil
    real_of[value] = found
    set_metatable(value, loaded(found))
  end
  return found
end

-- An error of what a module is has the position of the script, not of a line
-- below.
local function finish(done, ...)
  if done then
    return ...
  end
  local message = ...
  local here = type(message) == "string" and message:match("^%[enroll%]:%d+: (.*)$")
  if here then
    -- Nor does it name a variable of that line.
    error((here:gsub(" %(local '%a+'%)$", "")), 2)
  end
  error(message, 0)
end

local function unary(operator)
  return function(value, ...)
    return finish(pcall(operator, real(value), ...))
  end
end

local function binary(operator)
  return function(left, right)
    return finish(pcall(operator, real(left), real(right)))
  end
end

local function stands_for(value)
  local found = real_of[value]
  if found == nil then
    return value
  end
  return found
end

-- Comparing loads nothing: what waits is the same as itself alone, which Lua
-- knows without asking here.
local function equal(left, right)
  local one, other = stands_for(left), stands_for(right)
  if rawequal(one, left) and rawequal(other, right) then
    return false
  end
  return one == other
end

local function show(value)
  local module = waiting[value]
  if module ~= nil then
    return "<lazy module '" .. module.name .. "'>"
  end
  return tostring(real_of[value])
end

local before = {
  __name = "lazy module",
  -- What `getmetatable` shows: a script cannot take it apart.
  __metatable = "lazy module",
  __tostring = show,
  __eq = equal,
  __index = unary(function(value, key) return value[key] end),
  __newindex = unary(function(value, key, item) value[key] = item end),
  __call = unary(function(value, ...) return value(...) end),
  __pairs = unary(function(value) return pairs(value) end),
  __len = unary(function(value) return #value end),
  __unm = unary(function(value) return -value end),
  __bnot = unary(function(value) return ~value end),
  __add = binary(function(left, right) return left + right end),
  __sub = binary(function(left, right) return left - right end),
  __mul = binary(function(left, right) return left * right end),
  __div = binary(function(left, right) return left / right end),
  __mod = binary(function(left, right) return left % right end),
  __pow = binary(function(left, right) return left ^ right end),
  __idiv = binary(function(left, right) return left // right end),
  __band = binary(function(left, right) return left & right end),
  __bor = binary(function(left, right) return left | right end),
  __bxor = binary(function(left, right) return left ~ right end),
  __shl = binary(function(left, right) return left << right end),
  __shr = binary(function(left, right) return left >> right end),
  __concat = binary(function(left, right) return left .. right end),
  __lt = binary(function(left, right) return left < right end),
  __le = binary(function(left, right) return left <= right end),
}

-- The metatable of one that is loaded.
function loaded(found)
  local metatable = {}
  for event, handler in pairs(before) do
    metatable[event] = handler
  end
  if type(found) == "table" then
    metatable.__index, metatable.__newindex = found, found
  end
  return metatable
end

local function proxy(name, load)
  local module = setmetatable({}, before)
  waiting[module] = { name = name, load = load }
  return module
end

-- The object of a module turns into what stands for another value, unless it
-- waits, and does so by itself.
local function settle(object, found)
  if waiting[object] == nil then
    real_of[object] = found
    set_metatable(object, loaded(found))
  end
end

-- The metatable of a table whose fields are now in another one.
local function forward(table)
  return {
    __index = table,
    __newindex = table,
    __len = function() return #table end,
    __pairs = function() return pairs(table) end,
  }
end

return { proxy = proxy, force = real, settle = settle, forward = forward, real_of = real_of }
