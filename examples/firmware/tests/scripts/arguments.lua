#!/usr/bin/env firmware
print(arg[0], arg[1], arg[2], #arg)
print(...)
-- An extensible module: a file of its name takes its place.
package.path = "override/?.lua"
print(require "random".origin)
