//! The checksum of zip archives.

use crc::{CRC_32_ISO_HDLC, Crc};
use enroll_portable::prelude::*;

/// With a table of a kilobyte, in read-only memory.
static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// `crc32(data, value=0)`: of data that follow those with the checksum `value`.
pub(crate) fn crc32<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    data: &Value<'vm>,
    value: i64,
) -> Result<u32, Error> {
    // The low 32 bits count, as in MicroPython and CPython. What is complemented
    // at the end is taken back, and the algorithm has its bits the other way
    // round than its result.
    let start = !(value as u32);
    cx.bytes(data, |bytes| {
        let mut digest = CRC.digest_with_initial(start.reverse_bits());
        digest.update(bytes);
        digest.finalize()
    })
}
