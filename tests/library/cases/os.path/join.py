# stdlib
import os.path

show(os.path.join("a"))
show(os.path.join(""))
show(os.path.join("", ""))
show(os.path.join("a", "b"))
show(os.path.join("a", "b", "c"))
show(os.path.join("a/", "b"))
show(os.path.join("a", "/b"))
show(os.path.join("/", "b"))
show(os.path.join("a", ""))
show(os.path.join("a", "", "b"))
show(os.path.join("a", "", ""))
show(os.path.join("a", "b", "/c", "d"))
show(os.path.join("", "b"))
show(os.path.join("ä", "ö"))
raises(lambda: os.path.join())
raises(lambda: os.path.join("a", 1))
raises(lambda: os.path.join("a", "b", None))
for one in ["", "/", "a", "a/", "/a", "//"]:
    for two in ["", "/", "b", "b/", "/b", ".."]:
        show(os.path.join(one, two))
