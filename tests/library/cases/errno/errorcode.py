# stdlib
import errno

show(errno.errorcode[1])
show(errno.errorcode[2])
show(errno.errorcode[errno.EINVAL])
show(errno.errorcode[errno.EINPROGRESS])
for code in [5, 9, 11, 12, 13, 17, 19, 21, 22, 98, 103, 104, 105, 107, 110, 111, 113, 114, 115]:
    show(errno.errorcode[code])
show(errno.EAGAIN in errno.errorcode)
show(10000 in errno.errorcode)
raises(lambda: errno.errorcode[10000])
