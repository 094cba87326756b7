# stdlib
import os.path

for path in ["", "/", "//", "///", "a", "a/", "/a", "/a/", "//a", "a/b", "a//b", "/a/b/c.txt", "a/b/", ".", "..", "../a", "Zoë/ß"]:
    show(os.path.split(path))
    show(os.path.basename(path))
    show(os.path.dirname(path))
    show(os.path.isabs(path))
for path in ["", ".", "..", "a", "a.b", "a.b.c", ".a", "..a", ".a.b", "..a.b", "a.", "/x.y/a", "/x.y/.a", "x/a.tar.gz", "...", "a..", "x/..b.c"]:
    show(os.path.splitext(path))
raises(lambda: os.path.split(5))
raises(lambda: os.path.basename())
raises(lambda: os.path.isabs(None))
