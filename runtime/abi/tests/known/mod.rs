//! Ids that never change, for the tests here and on other machines.

/// Text, salt and id. Written down once; they are the same on every target and
/// in either byte order, and a difference is a new ABI.
pub(crate) const KNOWN: [(&str, u32, u32); 12] = [
    ("", 0, 0x6c18_05a4),
    ("a", 0, 0x67e1_dcff),
    ("é", 0, 0x2884_001f),
    ("ps1", 0, 0x1e73_daad),
    ("argv", 0, 0x7aa7_2a4c),
    ("errno", 0, 0x5177_be6b),
    ("getattr", 0, 0x7f24_9969),
    ("strerror", 0, 0x553a_c9df),
    ("getrandbits", 0, 0x1605_3735),
    ("register_module_", 0, 0x18f1_7202),
    (
        "a name that is longer than two of its steps",
        0,
        0x75ab_7690,
    ),
    ("errno", 4_000_000_000, 0x7d36_7a73),
];
