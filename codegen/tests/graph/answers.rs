//! C15: what other builds of the same firmware would unify.

use crate::fixture::{Fixture, named};
use enroll_codegen::graph::Answer;

const ENROLL: &str = "[dependencies]\nenroll = { path = \"../enroll\" }";

fn features(list: &[&str]) -> Answer {
    Answer::Features(list.iter().map(|&feature| feature.to_owned()).collect())
}

#[test]
fn c15_what_other_builds_would_unify() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[dependencies]\nerrno = { path = \"../errno\" }\nboard = { path = \"../board\" }
            [dev-dependencies]\ntester = { path = \"../tester\" }",
        ),
        (
            "errno",
            &format!("[features]\ntable = []\nwide = []\n{ENROLL}"),
        ),
        (
            "board",
            &format!(
                "[features]\nleds = [\"dep:leds\"]\n{ENROLL}\nleds = {{ path = \"../leds\", optional = true }}"
            ),
        ),
        ("leds", ENROLL),
        (
            "tester",
            "[dependencies]\nerrno = { path = \"../errno\", features = [\"table\"] }",
        ),
        (
            "sibling",
            "[dependencies]\nerrno = { path = \"../errno\", features = [\"wide\"] }
            board = { path = \"../board\", features = [\"leds\"] }",
        ),
    ]);
    let graph = fixture.load("fw", &[]);
    let errno = named(&graph, "errno");
    assert!(errno.features.is_empty());
    assert_eq!(errno.answers.with_dev, features(&["table"]));
    assert_eq!(errno.answers.workspace, features(&["table", "wide"]));
    let [leds] = graph.elsewhere.as_slice() else {
        panic!("{:?}", graph.elsewhere);
    };
    assert_eq!(leds.name, "leds");
    assert_eq!(leds.answers.with_dev, Answer::Absent);
    assert_eq!(leds.answers.workspace, features(&[]));
    assert_eq!(leds.root, fixture.dir.join("leds/src/lib.rs"));
}

#[test]
fn c15_a_dependency_of_tests_alone_is_not_the_firmwares() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[dependencies]\nboard = { path = \"../board\" }
            [dev-dependencies]\nerrno = { path = \"../errno\" }",
        ),
        (
            "board",
            &format!("{ENROLL}\n[dev-dependencies]\nerrno = {{ path = \"../errno\" }}"),
        ),
        ("errno", ENROLL),
    ]);
    let graph = fixture.load("fw", &[]);
    let names: Vec<&str> = graph.packages.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["board", "fw"]);
    assert!(graph.elsewhere.is_empty(), "{:?}", graph.elsewhere);
}

#[test]
fn c15_a_test_crate_that_depends_on_the_firmware() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[features]\nextra = []\n[dependencies]\nerrno = { path = \"../errno\" }
            [dev-dependencies]\ntester = { path = \"../tester\" }",
        ),
        ("errno", &format!("[features]\ntable = []\n{ENROLL}")),
        (
            "tester",
            "[dependencies]\nfw = { path = \"../fw\", features = [\"extra\"] }
            errno = { path = \"../errno\", features = [\"table\"] }",
        ),
    ]);
    let graph = fixture.load("fw", &[]);
    assert!(named(&graph, "fw").features.is_empty());
    assert_eq!(named(&graph, "fw").answers.with_dev, features(&["extra"]));
    let errno = named(&graph, "errno");
    assert_eq!(errno.answers.with_dev, features(&["table"]));
}

#[test]
fn c15_default_features_that_are_off_stay_off_for_the_workspace() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[features]\ndefault = [\"errno/table\"]\n[dependencies]\nerrno = { path = \"../errno\" }",
        ),
        ("errno", &format!("[features]\ntable = []\n{ENROLL}")),
    ]);
    let on = fixture.load("fw", &["default"]);
    assert_eq!(named(&on, "errno").features, ["table".to_owned()].into());
    let off = fixture.load("fw", &[]);
    assert_eq!(named(&off, "errno").answers.workspace, features(&[]));
}
