enroll::register_module! {
    static ERRNO: Module<ui::Tiny> = "errno" {
        EPERM => 1,
        2 => 2,
        b"ESRCH" => 3,
        c"EINTR" => 4,
        'E' => 5,
        errno::EIO => 6,
        concat!("E", "NXIO") => 7,
        "E2BIG"suffix => 8,
        (EAGAIN) => 9,
        type => 10,
    }
    aliases: [uerrno, 1, b"uerrno", posix::errno],
    requires: [float],
}

fn main() {}
