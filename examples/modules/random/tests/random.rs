//! The module `random`, called by name. Known answers are those of Yasmarang's
//! definition in C, as MicroPython has it, compiled and run.

use enroll::testing::Kit;
use enroll_portable::testing::{Interp, args};
use enroll_portable::{Kind, Value};
use random_module::RANDOM;

fn seeded(seed: i64) -> Interp {
    let mut interp = Interp::of::<RANDOM>().unwrap();
    interp.call("random.seed", args![seed]).unwrap();
    interp
}

fn ints(interp: &mut Interp, path: &str, args: &[Value<'static>], count: usize) -> Vec<i64> {
    let mut draw = || interp.call(path, args).unwrap().as_int().unwrap();
    (0..count).map(|_| draw()).collect()
}

#[test]
fn a_seed_gives_the_known_sequence() {
    for (seed, expected) in [
        (
            0xeda4_baba,
            &[3_210_414_086, 1_932_810_334, 3_154_934_685, 3_186_383_582][..],
        ),
        (
            1,
            &[
                2_002_244,
                1_862_853_106,
                2_677_483_614,
                156_226_652,
                3_835_757_215,
            ],
        ),
        (0, &[2_002_156, 1_421_650_768, 1_366_029_939]),
        (1 << 32, &[2_002_156, 1_421_650_768, 1_366_029_939]),
    ] {
        let drawn = ints(
            &mut seeded(seed),
            "random.getrandbits",
            args![32],
            expected.len(),
        );
        assert_eq!(drawn, expected, "seed {seed}");
    }
    let thousand = ints(&mut seeded(-1), "random.getrandbits", args![32], 1000);
    assert_eq!(thousand.last(), Some(&2_299_012_897));
}

/// Without `std` nothing seeds it; this holds for a generator of zeroed words.
#[cfg(not(feature = "std"))]
#[test]
fn an_unseeded_generator_starts_where_micropython_does() {
    let mut interp = Interp::of::<RANDOM>().unwrap();
    let drawn = ints(&mut interp, "random.getrandbits", args![32], 3);
    assert_eq!(drawn, [3_210_414_086, 1_932_810_334, 3_154_934_685]);
    let error = interp.call("random.seed", args![]).unwrap_err();
    assert_eq!(error.to_string(), "ValueError: no default seed");
}

#[cfg(feature = "std")]
#[test]
fn interpreters_seed_themselves_differently() {
    let mut first = Interp::of::<RANDOM>().unwrap();
    let mut second = Interp::of::<RANDOM>().unwrap();
    let draw = |interp: &mut Interp| ints(interp, "random.getrandbits", args![32], 4);
    assert_ne!(draw(&mut first), draw(&mut second));
}

#[test]
fn getrandbits_takes_0_to_32() {
    let mut interp = seeded(3);
    for bits in 0..=32 {
        let drawn = ints(&mut interp, "random.getrandbits", args![bits], 50);
        assert!(
            drawn.iter().all(|&n| (0..1 << bits).contains(&n)),
            "{bits}: {drawn:?}"
        );
    }
    for bits in [-1, 33, 1000] {
        let error = interp.call("random.getrandbits", args![bits]).unwrap_err();
        assert_eq!(error.kind(), Kind::ValueError);
        assert_eq!(error.to_string(), "ValueError: bits must be 32 or less");
        assert_eq!(error.function(), Some("getrandbits"));
        assert_eq!(error.module(), Some("random"));
    }
}

#[test]
fn ranges_are_micropythons() {
    let sixth = ints(&mut seeded(7), "random.randrange", args![6], 8);
    assert_eq!(sixth, [4, 5, 0, 4, 3, 0, 0, 2]);
    let dice = ints(&mut seeded(7), "random.randint", args![1, 6], 8);
    assert_eq!(dice, [5, 6, 1, 5, 4, 1, 1, 3]);
    let stepped = ints(&mut seeded(5), "random.randrange", args![-10, 10, 3], 6);
    assert_eq!(stepped, [2, -7, -1, 5, 8, -1]);
    let back = ints(&mut seeded(5), "random.randrange", args![10, -10, -3], 300);
    assert!(
        back.iter()
            .all(|n| (-8..=10).contains(n) && (10 - n) % 3 == 0)
    );
    let one = ints(&mut seeded(5), "random.randint", args![4, 4], 5);
    assert_eq!(one, [4; 5]);
}

#[test]
fn ranges_of_64_bits_are_drawn_in_full() {
    let interp = &mut seeded(11);
    let all = ints(interp, "random.randint", args![i64::MIN, i64::MAX], 200);
    assert!(all.iter().any(|&n| n < i64::MIN / 2) && all.iter().any(|&n| n > i64::MAX / 2));
    let wide = ints(interp, "random.randint", args![0, 1i64 << 40], 200);
    assert!(wide.iter().all(|&n| (0..=1 << 40).contains(&n)));
    assert!(wide.iter().any(|&n| n > 1 << 36));
}

#[test]
fn an_empty_range_is_an_error() {
    let mut interp = seeded(1);
    for (path, args) in [
        ("random.randrange", args![0].to_vec()),
        ("random.randrange", args![5, 5].to_vec()),
        ("random.randrange", args![5, 6, -1].to_vec()),
        ("random.randrange", args![5, 6, 0].to_vec()),
        ("random.randint", args![2, 1].to_vec()),
    ] {
        let error = interp.call(path, &args).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: empty range", "{path}");
    }
    let error = interp.call("random.choice", args![""]).unwrap_err();
    assert_eq!(error.to_string(), "IndexError: empty sequence");
    let error = interp.call("random.choice", args![5]).unwrap_err();
    assert_eq!(error.to_string(), "TypeError: 'int' object has no len()");
}

#[test]
fn choice_takes_every_item_of_a_sequence() {
    let mut interp = seeded(9);
    let letters: String = (0..100)
        .map(|_| interp.call("random.choice", args!["abc"]).unwrap())
        .map(|letter| letter.as_str().unwrap().to_owned())
        .collect();
    for letter in ["a", "b", "c"] {
        assert!(letters.matches(letter).count() > 20, "{letters}");
    }
    let list = Value::from(vec![7]);
    assert_eq!(interp.call("random.choice", &[list]).unwrap(), 7.into());
}

#[cfg(feature = "float")]
#[test]
fn floats_are_micropythons_and_below_1() {
    let mut interp = seeded(7);
    for expected in [
        0.906_544_144_893_620_2,
        0.567_559_155_354_410_4,
        0.212_496_851_911_559_31,
    ] {
        assert_eq!(
            interp.call("random.random", args![]).unwrap(),
            expected.into()
        );
    }
    let mean = (0..2000)
        .map(|_| interp.call("random.uniform", args![-1, 3.0]).unwrap())
        .map(|value| value.as_float().unwrap())
        .inspect(|float| assert!((-1.0..3.0).contains(float)))
        .sum::<f64>()
        / 2000.0;
    assert!((0.9..1.1).contains(&mean), "{mean}");
}

#[test]
fn two_interpreters_have_two_generators() {
    let builtins = Interp::new(Kit::new().declared::<RANDOM>())
        .unwrap()
        .builtins();
    let (mut one, mut two) = (Interp::over(builtins), Interp::over(builtins));
    for interp in [&mut one, &mut two] {
        interp.call("random.seed", args![1]).unwrap();
    }
    ints(&mut one, "random.getrandbits", args![32], 5);
    let undisturbed = ints(&mut two, "random.getrandbits", args![32], 2);
    assert_eq!(undisturbed, [2_002_244, 1_862_853_106]);
}
