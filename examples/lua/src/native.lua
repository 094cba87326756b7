-- A native function answers `true, results…` or `false, error`, since an error
-- that crosses from Rust to Lua by itself would lose its fields.
local error, next, pairs, setmetatable = error, next, pairs, setmetatable
local remove = table.remove

local function finish(done, ...)
  if done then
    return ...
  end
  error((...), 0)
end

local function guard(native)
  return function(...)
    return finish(native(...))
  end
end

-- `pairs(module)`: the names of `dir`, in its order; a name that has no value
-- now (a deleted slot) is passed over.
local function over(module, names, value_of)
  local position = 0
  return function()
    while true do
      position = position + 1
      local name = names[position]
      if name == nil then
        return nil
      end
      local value = value_of(module, name)
      if value ~= nil then
        return name, value
      end
    end
  end
end

local function index(value, key)
  return value[key]
end

local function assign(value, key, item)
  value[key] = item
end

local function length(value)
  return #value
end

local function keys(value)
  local list = {}
  for key in pairs(value) do
    list[#list + 1] = key
  end
  return list
end

local function constant()
  error("a constant of a module cannot be changed", 2)
end

-- A table that scripts can read and not change: what read-only memory holds.
local function frozen(items)
  return setmetatable({}, {
    __index = items,
    __newindex = constant,
    __len = function()
      return #items
    end,
    __pairs = function()
      return next, items, nil
    end,
    __metatable = "constant",
  })
end

return {
  guard = guard,
  over = over,
  index = index,
  assign = assign,
  length = length,
  keys = keys,
  frozen = frozen,
  remove = remove,
}
