# MicroPython extmod/modtime.c; the period is 2 ** 30.
import time

show(time.ticks_diff(5, 3))
show(time.ticks_diff(3, 5))
show(time.ticks_add(3, 5))
show(time.ticks_add(3, -5))
show(time.ticks_add(1073741823, 1))
show(time.ticks_diff(0, 1073741823))
show(time.ticks_diff(1073741823, 0))
show(time.ticks_diff(time.ticks_add(1073741800, 100), 1073741800))
for delta in [0, 1, -1, 536870911, -536870911, 536870912, -536870912, 536870913, 1073741824, 9223372036854775807]:
    fails(lambda: time.ticks_add(10, delta))
for ticks in [0, 1, 536870911, 536870912, 536870913, 1073741823, 1073741824, -1, -5]:
    show(time.ticks_diff(ticks, 0))
    show(time.ticks_diff(0, ticks))
    show(time.ticks_add(ticks, 0))
start = time.ticks_ms()
show(start >= 0)
show(time.ticks_diff(time.ticks_ms(), start) >= 0)
show(time.ticks_us() < 1073741824)
show(time.ticks_cpu() < 1073741824)
fails(lambda: time.ticks_add(1))
fails(lambda: time.ticks_add("a", 1))
fails(lambda: time.ticks_diff(1, 1.5))
