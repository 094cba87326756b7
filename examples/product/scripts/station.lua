-- The station's own logic, frozen into its image.
local beacon = require "beacon"
local weather = require "weather"

local station = {}

-- A line about the air here, in degrees Celsius and percent.
function station.report(temperature, humidity)
  local dew = weather.dew_point(temperature, humidity)
  return string.format("%.1f C, dew point %.1f C", temperature, dew)
end

-- The same as it goes out by lamp.
function station.signal(temperature)
  return beacon.encode(string.format("T %d", temperature))
end

return station
