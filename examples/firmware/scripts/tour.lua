-- Modules come from the crates of this build; nothing lists them.
firmware = require "firmware"
print(firmware, firmware.version)
print(table.concat(firmware.modules(), " "))

-- A wrong name is told with the near ones.
print(pcall(function() return firmware.memroy end))
