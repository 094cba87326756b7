# stdlib
# In the names of the C locale.
import time

saturday = (2005, 1, 1, 15, 4, 5, 5, 1, 0)
for directive in ["%a", "%A", "%b", "%B", "%c", "%d", "%H", "%I", "%j", "%m", "%M", "%p", "%S", "%U", "%w", "%W", "%x", "%X", "%y", "%Y", "%%", "%G", "%V", "%u", "%D", "%F", "%T", "%R", "%e", "%h", "%C", "%n", "%t"]:
    show(time.strftime(directive, saturday))
for moment in [(2024, 2, 29, 0, 0, 0, 3, 60, 0), (1999, 12, 31, 23, 59, 59, 4, 365, 0), (1970, 1, 1, 0, 0, 0, 3, 1, 0), (9999, 12, 31, 12, 30, 45, 4, 365, 0)]:
    show(time.strftime("%Y-%m-%d %H:%M:%S %a %j", moment))
    show(time.strftime("%A, %d. %B %Y", moment))
    show(time.strftime("%I:%M %p", moment))
show(time.strftime("", saturday))
show(time.strftime("plain", saturday))
show(time.strftime("é %Y", saturday))
show(list(time.strptime("2024-02-29", "%Y-%m-%d"))[0:8])
show(list(time.strptime("29 Feb 24", "%d %b %y"))[0:8])
show(list(time.strptime("12:34:56", "%H:%M:%S"))[0:6])
show(list(time.strptime("03:04 PM", "%I:%M %p"))[0:6])
show(list(time.strptime("Sat Jan  1 15:04:05 2005"))[0:8])
raises(lambda: time.strptime("2023-02-29", "%Y-%m-%d"))
raises(lambda: time.strptime("x", "%Y"))
raises(lambda: time.strptime("2024 more", "%Y"))
raises(lambda: time.strptime("2024-13", "%Y-%m"))
raises(lambda: time.strptime("25", "%H"))
raises(lambda: time.strptime(5))
raises(lambda: time.strftime(5))
raises(lambda: time.strftime("%Y", (2005, 13, 1, 0, 0, 0, 0, 1, 0)))
raises(lambda: time.strftime("%Y", (2005, 1, 32, 0, 0, 0, 0, 1, 0)))
raises(lambda: time.strftime("%Y", (2005, 1, 1, 24, 0, 0, 0, 1, 0)))
raises(lambda: time.strftime("%Y", (2005, 1)))
raises(lambda: time.strftime("%Y", 5))
