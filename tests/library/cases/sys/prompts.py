import sys

show(sys.ps1)
show(sys.ps2)
sys.ps1 = "> "
show(sys.ps1)
sys.ps1 = 5
show(sys.ps1)
sys.ps2 = [1, 2]
show(sys.ps2)
del sys.ps2
raises(lambda: sys.ps2)
sys.ps2 = "again"
show(sys.ps2)
