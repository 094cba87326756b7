import sys
import usys

show(usys.ps1)
usys.ps1 = "$ "
show(sys.ps1)
sys.ps1 = "# "
show(usys.ps1)
show(usys.version == sys.version)
show(usys.maxsize == sys.maxsize)
show(len(sys.path))
show(sys.path[0])
show(sys.path[1])
