# stdlib
import os

show(os.name)
show(os.sep)
show(os.linesep)
show(os.curdir)
show(os.pardir)
raises(lambda: os.nothing)
