-- A native function answers `true, results…` or `false, error`, since an error
-- that crosses from Rust to Lua by itself would lose its fields.
local error, pairs = error, pairs

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

return guard, over
