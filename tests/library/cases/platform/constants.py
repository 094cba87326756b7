import platform

show(platform.VERSION)
show(platform.VERSION == platform.python_version())
show("rustc " + platform.RUSTC == platform.python_compiler())
show(platform.PROFILE in ["debug", "release"])
show(len(platform.TARGET) > 0)
show("-" in platform.TARGET)
