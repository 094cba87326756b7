-- A frozen package: found before files, by full names, with a data file.
local units, origin = require "units"
print(origin, package.loaded.units == units, package.loaded["units.parse"] ~= nil)
print(units.convert(1, "mi", "km"), units.convert(2, "lb", "kg"), units.convert(90, "min", "h"))
print(units.read " 3.5 km", units.read "-1e3m")
print(table.concat(units.of "length", " "))
print(pcall(units.convert, 1, "parsec", "km"))
print(pcall(units.read, "three km"))
local enroll = require "enroll"
print(#enroll.data "units/factors.tsv", enroll.data "units/init.lua", enroll.data "units/../x")
print(enroll.data ".frozen/units/factors.tsv" == enroll.data "units/factors.tsv")
-- An error tells the line of the script.
print(select(2, pcall(require "units.parse".factors)))
local found = enroll.find "units"
print(found.name, found.builtin, found.origin)
print((select(2, pcall(require, "units.none")):match "[^\n]*"))
-- It runs again as any Lua module does.
units.convert = nil
print(enroll.reload "units" == units, units.convert(1, "km", "m"))
