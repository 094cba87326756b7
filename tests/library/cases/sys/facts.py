import sys

show(sys.byteorder in ["little", "big"])
show(len(sys.platform) > 0)
show(sys.maxsize > 2147483646)
show(sys.version)
show(sys.version_info)
show(sys.implementation)
show(sys.version_info[0])
show(len(sys.version_info))
raises(lambda: sys.nothing)
