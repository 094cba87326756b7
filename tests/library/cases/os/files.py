# Nothing here changes the machine: what it asks for is not there.
import os

raises(lambda: os.remove("/enroll-no-such-folder/file"))
raises(lambda: os.rmdir("/enroll-no-such-folder"))
raises(lambda: os.mkdir("/enroll-no-such-folder/folder"))
raises(lambda: os.rename("/enroll-no-such-folder/a", "/enroll-no-such-folder/b"))
raises(lambda: os.listdir("/enroll-no-such-folder"))
show(len(os.getcwd()) > 0)
fails(lambda: os.remove())
fails(lambda: os.remove(1))
fails(lambda: os.rename("a"))
