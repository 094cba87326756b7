//! The module `errno`: names of system error codes.
//!
//! The names are MicroPython's (`extmod/moderrno.c`), the numbers those of
//! `py/mperrno.h`, which are Linux's: an image has the same on every machine.
//!
//! # Features
//!
//! - `errorcode` (default): the dictionary from code to name.
#![no_std]

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Standard system error codes.
    pub static ERRNO: Module<Portable> = "errno" {
        "EPERM" => Rom::Int(1),
        "ENOENT" => Rom::Int(2),
        "EIO" => Rom::Int(5),
        "EBADF" => Rom::Int(9),
        "EAGAIN" => Rom::Int(11),
        "ENOMEM" => Rom::Int(12),
        "EACCES" => Rom::Int(13),
        "EEXIST" => Rom::Int(17),
        "ENODEV" => Rom::Int(19),
        "EISDIR" => Rom::Int(21),
        "EINVAL" => Rom::Int(22),
        "EOPNOTSUPP" => Rom::Int(95),
        "EADDRINUSE" => Rom::Int(98),
        "ECONNABORTED" => Rom::Int(103),
        "ECONNRESET" => Rom::Int(104),
        "ENOBUFS" => Rom::Int(105),
        "ENOTCONN" => Rom::Int(107),
        "ETIMEDOUT" => Rom::Int(110),
        "ECONNREFUSED" => Rom::Int(111),
        "EHOSTUNREACH" => Rom::Int(113),
        "EALREADY" => Rom::Int(114),
        "EINPROGRESS" => Rom::Int(115),
        "strerror" => Rom::Function(function!(strerror(code))),
        #[cfg(feature = "errorcode")]
        "errorcode" => Rom::Dict(&ERRORCODE),
    }
    class: extensible,
}

/// Names by code, in the order of the codes.
#[cfg(feature = "errorcode")]
static ERRORCODE: [(Rom, Rom); 22] = [
    (Rom::Int(1), Rom::Str("EPERM")),
    (Rom::Int(2), Rom::Str("ENOENT")),
    (Rom::Int(5), Rom::Str("EIO")),
    (Rom::Int(9), Rom::Str("EBADF")),
    (Rom::Int(11), Rom::Str("EAGAIN")),
    (Rom::Int(12), Rom::Str("ENOMEM")),
    (Rom::Int(13), Rom::Str("EACCES")),
    (Rom::Int(17), Rom::Str("EEXIST")),
    (Rom::Int(19), Rom::Str("ENODEV")),
    (Rom::Int(21), Rom::Str("EISDIR")),
    (Rom::Int(22), Rom::Str("EINVAL")),
    (Rom::Int(95), Rom::Str("EOPNOTSUPP")),
    (Rom::Int(98), Rom::Str("EADDRINUSE")),
    (Rom::Int(103), Rom::Str("ECONNABORTED")),
    (Rom::Int(104), Rom::Str("ECONNRESET")),
    (Rom::Int(105), Rom::Str("ENOBUFS")),
    (Rom::Int(107), Rom::Str("ENOTCONN")),
    (Rom::Int(110), Rom::Str("ETIMEDOUT")),
    (Rom::Int(111), Rom::Str("ECONNREFUSED")),
    (Rom::Int(113), Rom::Str("EHOSTUNREACH")),
    (Rom::Int(114), Rom::Str("EALREADY")),
    (Rom::Int(115), Rom::Str("EINPROGRESS")),
];

/// What a code means; nothing for one that the module does not name.
fn strerror<'vm>(code: i32) -> Option<Value<'vm>> {
    let text = match code {
        1 => "operation not permitted",
        2 => "no such file or directory",
        5 => "input/output error",
        9 => "bad file descriptor",
        11 => "resource temporarily unavailable",
        12 => "out of memory",
        13 => "permission denied",
        17 => "file exists",
        19 => "no such device",
        21 => "is a directory",
        22 => "invalid argument",
        95 => "operation not supported",
        98 => "address already in use",
        103 => "connection aborted",
        104 => "connection reset",
        105 => "no buffer space available",
        107 => "not connected",
        110 => "timed out",
        111 => "connection refused",
        113 => "no route to host",
        114 => "already in progress",
        115 => "in progress",
        _ => return None,
    };
    Some(text.into())
}
