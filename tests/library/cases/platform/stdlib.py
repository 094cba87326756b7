# stdlib
# What CPython says of the same machine.
import platform

show(platform.machine() in ["x86_64", "aarch64", "arm64", "AMD64", "riscv64"])
show(platform.system() in ["Linux", "Darwin", "Windows"])
show(len(platform.libc_ver()))
