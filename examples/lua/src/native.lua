-- A native function answers `true, results…` or `false, error`, since an error
-- that crosses from Rust to Lua by itself would lose its fields.
local error, ipairs, next, pairs = error, ipairs, next, pairs
local setmetatable, type = setmetatable, type
local concat, remove = table.concat, table.remove

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

-- Also where a script has a `pairs` of its own.
local function each(value)
  return pairs(value)
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

-- Asks the searchers for a module, one of them apart: its loader and what that
-- is handed, and whether the loader is of a native module; else what the
-- searchers say.
local function search(package, own, apart, name)
  local told = {}
  for _, searcher in ipairs(package.searchers) do
    if searcher ~= apart then
      local loader, data = searcher(name)
      if type(loader) == "function" then
        return loader, data, own[searcher] == true
      elseif type(loader) == "string" then
        told[#told + 1] = loader
      end
    end
  end
  return nil, concat(told, "\n\t")
end

-- The first of `package.searchers` while imports are lazy: it asks the others
-- now, and lets what they found wait. `defer` gives nil for what shall not.
local function late(package, own, defer)
  local function searcher(name)
    local loader, data, is_native = search(package, own, searcher, name)
    if loader == nil then
      -- The others are asked again, and tell it in their words.
      return nil
    elseif is_native then
      return loader, data
    end
    return function()
      local waiting = defer(name, data, loader)
      if waiting == nil then
        return loader(name, data)
      end
      return waiting
    end, data
  end
  return searcher
end

return {
  guard = guard,
  over = over,
  index = index,
  assign = assign,
  length = length,
  each = each,
  keys = keys,
  frozen = frozen,
  remove = remove,
  search = search,
  late = late,
}
