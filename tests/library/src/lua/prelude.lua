-- What the translation of a case uses: Python's operations where Lua has others.
--
-- Modules may take the place of Lua's libraries while a case runs, so the functions
-- that are used here are taken first.
local emit = ...
local error, ipairs, math, next, pairs, pcall, rawequal, select, string, table, tostring, type =
  error, ipairs, math, next, pairs, pcall, rawequal, select, string, table, tostring, type
local py = {}

local function raise(kind, message)
  error({ kind = kind, message = message }, 0)
end

-- Whether all keys are the positions from 1. A dictionary that begins with the keys
-- 1 and 2 has a length too, and one in read-only memory shows nothing to `next`.
local function is_list(value)
  if type(value) ~= "table" then return false end
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  return count == #value
end

local function keys(value)
  local found = {}
  for key in pairs(value) do
    found[#found + 1] = key
  end
  table.sort(found, function(a, b)
    if type(a) == type(b) then return a < b end
    return type(a) < type(b)
  end)
  return found
end

-- The canonical form.

local function quoted(text)
  return '"' .. text:gsub('[^ -~]', function(char)
    return string.format("\\x%02x", char:byte())
  end):gsub('"', '\\x22') .. '"'
end

local shown

local function shown_table(value)
  local parts = {}
  if is_list(value) then
    for place, item in ipairs(value) do
      parts[place] = shown(item)
    end
    return "[" .. table.concat(parts, ", ") .. "]"
  end
  for key, item in pairs(value) do
    parts[#parts + 1] = { shown(key), shown(item) }
  end
  table.sort(parts, function(a, b) return a[1] < b[1] end)
  for place, pair in ipairs(parts) do
    parts[place] = pair[1] .. ": " .. pair[2]
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end

function shown(value)
  local kind = math.type(value) or type(value)
  if kind == "nil" then return "None" end
  if kind == "boolean" then return value and "True" or "False" end
  if kind == "integer" then return string.format("%d", value) end
  if kind == "float" then
    if value ~= value then return "\1nan\1" end
    return string.format("\1%.17g\1", value)
  end
  if kind == "string" then return quoted((value:gsub("\\", "\\\\"))) end
  if kind == "function" then return "<function>" end
  if kind == "table" then
    local text = tostring(value)
    if text:find("^<module ") then return "<module>" end
    return shown_table(value)
  end
  local text = tostring(value)
  if text:find("^<class ") or text:find("^<type ") then return "<type>" end
  return text
end

function py.show(line, value)
  emit(line, shown(value))
end

function py.fails(line, with_message, run)
  local went_well, problem = pcall(run)
  if went_well then
    emit(line, "no error: " .. shown(problem))
    return
  end
  if type(problem) == "string" then
    problem = { kind = "RuntimeError", message = problem }
  end
  local text = "! " .. tostring(problem.kind)
  if with_message then
    text = text .. ": " .. tostring(problem.message)
  end
  emit(line, text)
end

-- Operators.

function py.truth(value)
  if type(value) == "number" then return value ~= 0 end
  if type(value) == "string" then return value ~= "" end
  if type(value) == "table" then return next(value) ~= nil end
  return value ~= nil and value ~= false
end

function py.eq(a, b)
  if type(a) ~= "table" or type(b) ~= "table" or rawequal(a, b) then
    return a == b
  end
  for key, item in pairs(a) do
    if not py.eq(item, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

function py.add(a, b)
  if type(a) == "string" and type(b) == "string" then return a .. b end
  if type(a) == "table" and type(b) == "table" then
    local both = table.move(a, 1, #a, 1, {})
    return table.move(b, 1, #b, #a + 1, both)
  end
  if type(a) == "string" or type(b) == "string" then
    raise("TypeError", "cannot add these")
  end
  return a + b
end

function py.mul(a, b)
  if type(b) == "string" or type(b) == "table" then
    a, b = b, a
  end
  if type(a) == "string" then return a:rep(b) end
  if type(a) == "table" then
    local all = {}
    for _ = 1, b do table.move(a, 1, #a, #all + 1, all) end
    return all
  end
  return a * b
end

local function divisor(value)
  if value == 0 then raise("ZeroDivisionError", "division by zero") end
  return value
end

function py.div(a, b) return a / divisor(b) end
function py.floordiv(a, b) return a // divisor(b) end
function py.mod(a, b) return a % divisor(b) end

function py.contains(item, container)
  if type(container) == "string" then
    return container:find(item, 1, true) ~= nil
  end
  if type(container) == "table" and not is_list(container) then
    return container[item] ~= nil
  end
  for _, other in pairs(container) do
    if py.eq(item, other) then return true end
  end
  return false
end

-- Items.

-- Where Lua has what is at a position of Python: a sequence begins with 1.
local function place(object, key)
  if math.type(key) ~= "integer" then return key end
  if type(object) == "table" then
    if not is_list(object) then return key end
    return key >= 0 and key + 1 or #object + 1 + key
  end
  return key >= 0 and key + 1 or key
end

function py.item(object, key)
  if type(object) == "string" then
    local byte = object:byte(place(object, key))
    if not byte then raise("IndexError", "index out of range") end
    return byte
  end
  local value = object[place(object, key)]
  if value == nil then
    if math.type(key) == "integer" and (type(object) ~= "table" or is_list(object)) then
      raise("IndexError", "index out of range")
    end
    raise("KeyError", tostring(key))
  end
  return value
end

function py.store(object, key, value)
  object[place(object, key)] = value
end

function py.delete(object, key)
  local at = place(object, key)
  if type(object) == "table" and is_list(object) then
    table.remove(object, at)
  else
    object[at] = nil
  end
end

function py.slice(object, from, to)
  local length = #object
  local function limit(at, default)
    if at == nil then return default end
    if at < 0 then at = at + length end
    return math.max(0, math.min(at, length))
  end
  from, to = limit(from, 0), limit(to, length)
  if type(object) == "string" then return object:sub(from + 1, to) end
  return table.move(object, from + 1, to, 1, {})
end

function py.unpack(value, count)
  if type(value) == "userdata" then value = py.list(value) end
  if #value ~= count then raise("ValueError", "not as many values as names") end
  return table.unpack(value)
end

function py.each(value)
  if type(value) == "string" then return ipairs({ value:byte(1, -1) }) end
  if type(value) == "userdata" then return pairs(value) end
  if is_list(value) then return ipairs(value) end
  return ipairs(keys(value))
end

-- Functions.

py.abs = math.abs
py.max = math.max
py.min = math.min
py.chr = utf8.char

function py.bytes(value)
  if type(value) == "number" then return ("\0"):rep(value) end
  local bytes = {}
  for _, byte in py.each(value) do
    bytes[#bytes + 1] = string.char(byte)
  end
  return table.concat(bytes)
end

function py.int(value)
  local number = math.tointeger(value)
  if number then return number end
  if type(value) == "string" then return math.tointeger(tonumber(value)) end
  return value >= 0 and math.floor(value) or math.ceil(value)
end

function py.len(value)
  if type(value) == "table" and not is_list(value) then return #keys(value) end
  return #value
end

function py.list(value)
  local items = {}
  for _, item in py.each(value) do
    items[#items + 1] = item
  end
  return items
end

py.tuple = py.list

function py.ord(value) return utf8.codepoint(value) end

function py.range(from, to, step)
  if to == nil then from, to = 0, from end
  step = step or 1
  local items = {}
  for item = from, to - (step > 0 and 1 or -1), step do
    items[#items + 1] = item
  end
  return items
end

function py.sorted(value)
  local items = py.list(value)
  table.sort(items)
  return items
end

function py.str(value)
  if type(value) == "string" then return value end
  if type(value) == "userdata" or math.type(value) == "integer" then return tostring(value) end
  return shown(value)
end

function py.sum(value)
  local sum = 0
  for _, item in py.each(value) do sum = sum + item end
  return sum
end

-- Methods: those of native objects, and a few of Python's own types.

local of_strings = {
  encode = function(text) return text end,
  decode = function(text) return text end,
  hex = function(text)
    return (text:gsub(".", function(char) return string.format("%02x", char:byte()) end))
  end,
  upper = string.upper,
  lower = string.lower,
  join = function(between, items) return table.concat(py.list(items), between) end,
}

local of_tables = {
  append = function(list, item) list[#list + 1] = item end,
  get = function(dict, key, default)
    if dict[key] == nil then return default end
    return dict[key]
  end,
}

function py.call(object, name, ...)
  local methods = ({ string = of_strings, table = of_tables })[type(object)]
  local method
  if methods then method = methods[name] else method = object[name] end
  if method == nil then
    raise("AttributeError", "no method " .. name .. " of a " .. type(object))
  end
  return method(object, ...)
end

return py
