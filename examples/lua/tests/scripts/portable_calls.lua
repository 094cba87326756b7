-- Arguments by position and by name.
local v = require "values"
print(v.greet("a"), v.greet("a", 2), v.greet("a", { times = 2, ["end"] = "!" }))
print(v.greet { name = "b" }, v.kind { x = 1 }, v.kind {})
local function try(...)
  local ok, err = pcall(...)
  print(ok, err)
  return err
end
try(v.greet)
try(v.greet, 1)
try(v.greet, "a", 2, 3)
try(v.greet, "a", { name = "b" })
try(v.greet, "a", { tiems = 2 })
try(v.small, 256)
try(v.small, 1.5)
try(v.small)

-- Errors: kind, message, module, function.
local err = try(v.fail)
print(err.kind, err.message, err.module, err.name, err.position)
local err = try(v.fail, "os")
print(err.kind, err.errno, err.message)
print(try(v.fail, "made").kind)
try(function() v.refused = 1 end)
try(function() return v.refused end)
try(function() return v.INTT end)
try(function() v.INTT = 1 end)

-- An error passes through portable code as it is, both ways.
local mine = {}
local _, err = pcall(v.call, function() error(mine) end)
print(rawequal(err, mine))
local _, err = pcall(v.call, v.fail, "os")
print(err, err.errno)
print(v.catch(v.fail), v.catch(function() error("x") end), v.catch(print))
print(v.catch(function() v.fail("os") end), v.catch(function() v.nothing() end))

-- State and delegated attributes belong to the interpreter.
print(table.concat(v.count(), " "), table.concat(v.count(), " "))
print(pcall(function() return v.mode end))
v.mode = { "kept" }
print(v.mode[1], v.mode == v.mode)
v.mode = nil
print(pcall(function() return v.mode end))

-- An extension for one host of a module for another.
local errno = require "errno"
print(errno.EPERM, errno.EIO, errno.describe(5))
try(errno.describe, 9)
