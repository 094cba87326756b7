import platform
import sys

show(len(platform.platform()) > 0)
show(platform.platform(True) == platform.platform())
show(platform.platform(aliased=False) == platform.platform(False, False))
show(len(platform.platform(terse=True)) < len(platform.platform()))
show(len(platform.python_compiler()) > 6)
show(platform.python_implementation())
show(platform.python_version())
show(len(platform.libc_ver()))
show(platform.libc_ver()[1])
show(len(platform.machine()) > 0)
show(platform.machine() in platform.platform())
show(platform.system() in platform.platform())
show(sys.version == platform.python_implementation() + " " + platform.python_version())
