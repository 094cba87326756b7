import platform

fails(lambda: platform.platform(1))
fails(lambda: platform.platform(False, False, False))
fails(lambda: platform.platform(nothing=True))  # not lua: a table with a name that is no parameter is an argument
fails(lambda: platform.machine(1))
fails(lambda: platform.python_version(1))
raises(lambda: platform.nothing)
raises(lambda: platform.node)
