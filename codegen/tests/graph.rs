//! C14, C15: the graph against real Cargo. Every fixture that loads is also
//! compared with Cargo's own unit graph: packages, features, names in code.

#[path = "graph/fixture.rs"]
mod fixture;

use fixture::{Fixture, named};

const RUNTIME: &str = "[package]\nname = \"enroll\"\nversion = \"1.0.0\"\n";

#[test]
fn c14_only_what_reaches_the_runtime_counts() {
    let fixture = Fixture::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n"),
        ("enroll/Cargo.toml", RUNTIME),
        (
            "fw/Cargo.toml",
            "[package]\nname = \"fw\"\nversion = \"0.1.0\"\nedition = \"2024\"
            [dependencies]\nboard = { path = \"../board\" }\nplain = { path = \"../plain\" }
            maker = { path = \"../maker\" }
            [build-dependencies]\nbuilder = { path = \"../builder\" }
            [dev-dependencies]\ntester = { path = \"../tester\" }",
        ),
        ("fw/src/main.rs", "fn main() {}"),
        ("fw/build.rs", "fn main() {}"),
        (
            "board/Cargo.toml",
            "[package]\nname = \"board\"\nversion = \"0.1.0\"\nedition = \"2021\"
            [dependencies]\nhost-vm = { path = \"../vm\" }\nmod-errno = { path = \"../errno\", features = [\"table\"] }",
        ),
        (
            "vm/Cargo.toml",
            "[package]\nname = \"host-vm\"\nversion = \"0.3.0\"\n[lib]\nname = \"vm\"\npath = \"vm.rs\"
            [dependencies]\nrt = { path = \"../enroll\", package = \"enroll\" }
            [package.metadata.enroll]\nmacros = { native = \"register_module\" }",
        ),
        ("vm/vm.rs", ""),
        (
            "errno/Cargo.toml",
            "[package]\nname = \"mod-errno\"\nversion = \"0.1.0\"\n[features]\ndefault = [\"std\"]\nstd = []\ntable = []
            [dependencies]\nvm = { path = \"../vm\", package = \"host-vm\" }
            [package.metadata.enroll]\nnames = [\"pin0\", \"pin1\"]",
        ),
        ("plain/Cargo.toml", "[package]\nname = \"plain\"\nversion = \"0.1.0\""),
        (
            "maker/Cargo.toml",
            "[package]\nname = \"maker\"\nversion = \"0.1.0\"\n[lib]\nproc-macro = true
            [dependencies]\nenroll = { path = \"../enroll\" }",
        ),
        (
            "builder/Cargo.toml",
            "[package]\nname = \"builder\"\nversion = \"0.1.0\"
            [dependencies]\nenroll = { path = \"../enroll\" }",
        ),
        (
            "tester/Cargo.toml",
            "[package]\nname = \"tester\"\nversion = \"0.1.0\"
            [dependencies]\nenroll = { path = \"../enroll\" }",
        ),
    ]);
    fixture.lock("");
    let graph = fixture.load("fw", &[]);
    let names: Vec<&str> = graph.packages.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["board", "fw", "host-vm", "mod-errno"]);
    assert_eq!(graph.packages[graph.firmware].name, "fw");
    assert!(graph.elsewhere.is_empty());
    let vm = named(&graph, "host-vm");
    assert_eq!(vm.crate_name, "vm");
    assert_eq!(vm.root, fixture.dir.join("vm/vm.rs"));
    assert_eq!(vm.runtime_names, ["rt"]);
    assert_eq!(vm.edition, "2015");
    assert!(vm.local && !vm.has_build_script && !vm.proc_macro);
    assert_eq!(vm.metadata.macros.keys().collect::<Vec<_>>(), ["native"]);
    let fw = named(&graph, "fw");
    assert!(fw.has_build_script);
    assert_eq!(fw.root, fixture.dir.join("fw/src/main.rs"));
    assert_eq!(
        (fw.crate_name.as_str(), fw.edition.as_str()),
        ("fw", "2024")
    );
    let errno = named(&graph, "mod-errno");
    let declared = errno.metadata.names.as_ref().expect("names");
    assert_eq!(declared[1].0, "pin1");
    assert_eq!(
        (
            declared[1].1.line,
            declared[1].1.column,
            declared[1].1.width
        ),
        (11, 18, 6)
    );
}
