import errno

show(errno.strerror(1))
show(errno.strerror(errno.ENOENT))
show(errno.strerror(errno.EINVAL))
show(errno.strerror(errno.ETIMEDOUT))
show(errno.strerror(10000))
show(errno.strerror(-1))
fails(lambda: errno.strerror("1"))
fails(lambda: errno.strerror())
fails(lambda: errno.strerror(1, 2))
raises(lambda: errno.ENOTHING)
