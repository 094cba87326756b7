# stdlib
import os.path

for path in ["", ".", "./", "..", "../..", "a/..", "a/../b", "a/./b", "a//b", "/..", "/../a", "//a", "///a", "//", "/./", "a/b/../../c", "../a/../..", "a/b/c/../..", "/a/b/../c/./d//", "ä/../ö"]:
    show(os.path.normpath(path))
show(os.path.exists("/enroll-no-such-folder"))
show(os.path.isdir("/"))
show(os.path.isfile("/"))
show(os.path.abspath("/a/../b"))
show(os.path.sep)
show(os.path.curdir)
show(os.path.pardir)
raises(lambda: os.path.normpath())
raises(lambda: os.path.normpath(1))
