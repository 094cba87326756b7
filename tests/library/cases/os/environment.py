import os

show(os.getenv("ENROLL_NO_SUCH_VARIABLE"))
show(os.getenv("ENROLL_NO_SUCH_VARIABLE", "none"))
show(os.getenv("ENROLL_NO_SUCH_VARIABLE", default=5))
show(os.getenv(""))
show(os.getenv("", 1))
show(os.getenv("A=B", 1))
show(os.getenv(key="ENROLL_NO_SUCH_VARIABLE", default=[1, 2]))
fails(lambda: os.getenv())
fails(lambda: os.getenv(5))
fails(lambda: os.getenv("A", "B", "C"))
