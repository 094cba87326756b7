--- Conversions between units, frozen into the firmware.
--
-- The factors are a data file beside this one, so that they can be changed
-- without a line of code.
local parse = require "units.parse"

local units = {}

local known = parse.factors(require "enroll".data "units/factors.tsv")

--- `units.convert(3, "km", "mi")`; an error for units of two kinds.
function units.convert(value, from, to)
  local a, b = known[from], known[to]
  if not a or not b then
    error(("no unit '%s'"):format(a and to or from), 2)
  end
  if a.kind ~= b.kind then
    error(("'%s' is a %s and '%s' a %s"):format(from, a.kind, to, b.kind), 2)
  end
  return value * a.factor / b.factor
end

--- `units.read("3 km")` gives 3 and "km".
units.read = parse.quantity

--- All units of a kind, sorted.
function units.of(kind)
  local names = {}
  for name, unit in pairs(known) do
    if unit.kind == kind then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  return names
end

return units
