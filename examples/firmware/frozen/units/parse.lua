--- Reads quantities, and the table of factors.
local parse = {}

--- A number and a unit: `3 km`, `-1.5e3 m`.
function parse.quantity(text)
  local number, unit = text:match "^%s*([-+]?[%d.]+[eE]?[-+]?%d*)%s*(%a+)%s*$"
  local value = tonumber(number)
  if not value then
    error(("'%s' is no quantity"):format(text), 2)
  end
  return value, unit
end

--- Lines of unit, kind and factor, separated by tabs; `#` begins a comment.
function parse.factors(text)
  local known = {}
  for line in text:gmatch "[^\n]+" do
    local name, kind, factor = line:match "^(%a+)\t(%a+)\t([%d.e-]+)$"
    if name then
      known[name] = { kind = kind, factor = tonumber(factor) }
    end
  end
  return known
end

return parse
