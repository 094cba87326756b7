# stdlib
import time

for seconds in [0, 1, 59, 60, 86399, 86400, 951782400, 951868800, 1000000000, 1709164800, 2147483647, 2147483648, 4102444800, 253402300799, -1, -86400, -2208988800, -62135596800]:
    show(list(time.gmtime(seconds))[0:8])
raises(lambda: list(time.gmtime("a")))
raises(lambda: list(time.gmtime(1, 2)))
show(len(time.gmtime()) >= 8)
show(time.gmtime()[0] > 2000)
show(time.gmtime(86400)[2])
show(list(time.gmtime(1.9))[0:6])
show(list(time.gmtime(None))[0] > 2000)
raises(lambda: time.gmtime(1e300))
