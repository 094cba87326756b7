//! Numbers of a range, each as likely as the other.

use crate::yasmarang::Yasmarang;

/// How many numbers `range(start, stop, step)` has; `None` for none, or for a
/// step of zero.
pub(crate) fn span(start: i64, stop: i64, step: i64) -> Option<u64> {
    let (forward, backward) = (start < stop && step > 0, start > stop && step < 0);
    if !forward && !backward {
        return None;
    }
    Some((start.abs_diff(stop) - 1) / step.unsigned_abs() + 1)
}

/// A number below `count`, which is not 0.
///
/// As MicroPython does, so that the sequences agree: draw as many bits as
/// `count` has, again while they are too large.
pub(crate) fn below(generator: &mut Yasmarang<'_>, count: u64) -> u64 {
    let mask = u64::MAX >> count.leading_zeros().min(63);
    loop {
        let mut drawn = u64::from(generator.next());
        if mask > u64::from(u32::MAX) {
            drawn = drawn << 32 | u64::from(generator.next());
        }
        if drawn & mask < count {
            return drawn & mask;
        }
    }
}

/// A number up to and with `most`.
pub(crate) fn up_to(generator: &mut Yasmarang<'_>, most: u64) -> u64 {
    match most.checked_add(1) {
        Some(count) => below(generator, count),
        None => u64::from(generator.next()) << 32 | u64::from(generator.next()),
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_range_has_as_many_numbers_as_python_counts() {
        for (start, stop, step, expected) in [
            (0, 10, 1, Some(10)),
            (0, 10, 3, Some(4)),
            (0, 9, 3, Some(3)),
            (10, 0, -3, Some(4)),
            (-10, 10, 3, Some(7)),
            (0, 0, 1, None),
            (1, 0, 1, None),
            (0, 1, -1, None),
            (0, 1, 0, None),
            (i64::MIN, i64::MAX, 1, Some(u64::MAX)),
            (i64::MAX, i64::MIN, i64::MIN, Some(2)),
        ] {
            assert_eq!(span(start, stop, step), expected, "{start} {stop} {step}");
        }
    }
}
