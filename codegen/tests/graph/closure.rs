//! C14: which packages, with which features and names, and which crate of the
//! firmware. Every graph that `load` gives is compared with Cargo's own plan.

use crate::fixture::{Fixture, RUNTIME, cfgs, manifest, named};
use crate::oracle;
use enroll_codegen::graph::{Graph, TargetKind};

const ENROLL: &str = "[dependencies]\nenroll = { path = \"../enroll\" }";

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

#[test]
fn c14_optional_dependencies_features_and_defaults() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[features]\ndefault = [\"a\"]\na = [\"dep:one\", \"two?/extra\"]\nb = [\"two\"]\nc = [\"two/more\"]
            [dependencies]
            one = { path = \"../one\", optional = true, default-features = false }
            two = { path = \"../two\", optional = true }",
        ),
        (
            "one",
            &format!("[features]\ndefault = [\"std\"]\nstd = []\n{ENROLL}"),
        ),
        (
            "two",
            &format!("[features]\nextra = []\nmore = []\n{ENROLL}"),
        ),
    ]);
    let held = |features: &[&str]| -> Vec<String> {
        let graph = fixture.load("fw", features);
        let packages = graph.packages.iter();
        packages
            .map(|package| {
                let features: Vec<&str> = package.features.iter().map(String::as_str).collect();
                format!("{} {}", package.name, features.join(","))
            })
            .collect()
    };
    assert_eq!(held(&[]), ["fw "]);
    assert_eq!(held(&["a", "default"]), ["fw a,default", "one "]);
    assert_eq!(held(&["b", "two"]), ["fw b,two", "two "]);
    assert_eq!(
        held(&["a", "b", "two"]),
        ["fw a,b,two", "one ", "two extra"]
    );
    assert_eq!(held(&["c", "two"]), ["fw c,two", "two more"]);
    let graph = fixture.load("fw", &["a"]);
    let edge = &named(&graph, "fw").dependencies[0];
    assert_eq!((edge.extern_name.as_str(), edge.optional), ("one", true));
}

#[test]
fn c14_tables_of_a_target_and_the_names_in_them() {
    let fixture = Fixture::new(&[
        (
            "fw/Cargo.toml",
            &manifest(
                "fw",
                "[target.'cfg(unix)'.dependencies]\nposix-errno = { path = \"../errno\", package = \"errno\" }
                [target.'cfg(not(unix))'.dependencies]\nother_errno = { path = \"../newer\", package = \"errno\" }
                [target.thumbv7m-none-eabi.dependencies]\nboard = { path = \"../board\" }",
            ),
        ),
        ("enroll/Cargo.toml", RUNTIME),
        ("errno/Cargo.toml", &manifest("errno", ENROLL)),
        (
            "newer/Cargo.toml",
            &format!("[package]\nname = \"errno\"\nversion = \"0.2.0\"\n{ENROLL}"),
        ),
        ("board/Cargo.toml", &manifest("board", ENROLL)),
    ]);
    fixture.lock("fw");
    let names = |target: &str| -> Vec<String> {
        let mut request = fixture.request("fw", &[]);
        request.target = target.into();
        request.cfgs = cfgs(target);
        let graph = fixture.graph(&request);
        oracle::check(&fixture, &request, &graph);
        let edges = named(&graph, "fw").dependencies.iter();
        edges.map(|edge| edge.extern_name.clone()).collect()
    };
    assert_eq!(names("x86_64-unknown-linux-gnu"), ["posix_errno"]);
    assert_eq!(names("thumbv7m-none-eabi"), ["board", "other_errno"]);
    assert_eq!(names("wasm32-unknown-unknown"), ["other_errno"]);
}

#[test]
fn c14_two_versions_of_a_crate_under_two_names() {
    let versioned =
        |version: &str| format!("[package]\nname = \"errno\"\nversion = \"{version}\"\n{ENROLL}");
    let fixture = Fixture::new(&[
        (
            "Cargo.toml",
            &manifest(
                "fw",
                "[dependencies]\nenroll = { path = \"enroll\" }
                old = { path = \"old\", package = \"errno\", version = \"1\" }
                new = { path = \"new\", package = \"errno\", version = \"2\" }",
            ),
        ),
        ("enroll/Cargo.toml", RUNTIME),
        ("old/Cargo.toml", &versioned("1.2.0")),
        ("new/Cargo.toml", &versioned("2.0.1")),
    ]);
    fixture.lock("");
    let graph = fixture.load("", &[]);
    let fw = &graph.packages[graph.firmware];
    let edges: Vec<(&str, &str)> = fw
        .dependencies
        .iter()
        .map(|edge| {
            let version = graph.packages[edge.package].version.as_str();
            (edge.extern_name.as_str(), version)
        })
        .collect();
    assert_eq!(edges, [("old", "1.2.0"), ("new", "2.0.1")]);
    assert_eq!(fw.runtime_names, ["enroll"]);
}

#[test]
fn c14_what_members_inherit() {
    let fixture = Fixture::new(&[
        (
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"fw\", \"errno\"]
            [workspace.package]\nversion = \"0.1.0\"\nedition = \"2021\"
            [workspace.dependencies]
            rt = { path = \"enroll\", package = \"enroll\" }
            codes = { path = \"errno\", package = \"errno\", default-features = false }",
        ),
        ("enroll/Cargo.toml", RUNTIME),
        (
            "fw/Cargo.toml",
            "[package]\nname = \"fw\"\nversion.workspace = true\nedition.workspace = true
            [dependencies]\ncodes = { workspace = true, features = [\"table\"] }",
        ),
        (
            "errno/Cargo.toml",
            "[package]\nname = \"errno\"\nversion = { workspace = true }\nedition = { workspace = true }
            [features]\ndefault = [\"std\"]\nstd = []\ntable = []\n[dependencies]\nrt.workspace = true",
        ),
    ]);
    fixture.lock("");
    let graph = fixture.load("fw", &[]);
    assert_eq!(named(&graph, "fw").dependencies[0].extern_name, "codes");
    let errno = named(&graph, "errno");
    assert_eq!(errno.runtime_names, ["rt"]);
    assert_eq!(
        (errno.edition.as_str(), errno.version.as_str()),
        ("2021", "0.1.0")
    );
    assert_eq!(errno.features, ["table".to_owned()].into());
}

#[test]
fn c14_the_firmware_is_its_library_else_its_only_binary() {
    let body = "[features]\nextra = []\n[[bin]]\nname = \"one-bin\"\npath = \"src/bin/one.rs\"
        [[bin]]\nname = \"two\"\nrequired-features = [\"extra\"]";
    let fixture = Fixture::new(&[
        ("fw/Cargo.toml", &manifest("fw", body)),
        ("fw/src/lib.rs", ""),
    ]);
    for file in [
        "src/bin/one.rs",
        "src/bin/two.rs",
        "examples/e.rs",
        "tests/t.rs",
        "benches/b.rs",
    ] {
        fixture.write(&format!("fw/{file}"), "fn main() {}");
    }
    fixture.lock("fw");
    use TargetKind::{Bench, Bin, Example, Lib, Test};
    let others = |graph: &Graph| -> Vec<(TargetKind, String)> {
        let others = graph.packages[graph.firmware].other_targets.iter();
        others
            .map(|target| (target.kind, target.name.clone()))
            .collect()
    };
    let expected = |first: &[(TargetKind, &str)]| -> Vec<(TargetKind, String)> {
        let rest = [(Example, "e"), (Test, "t"), (Bench, "b")];
        let all = first.iter().copied().chain(rest);
        all.map(|(kind, name)| (kind, name.to_owned())).collect()
    };
    // The library, which is there.
    let graph = fixture.graph(&fixture.request("fw", &[]));
    assert_eq!(graph.packages[0].root, fixture.dir.join("fw/src/lib.rs"));
    assert_eq!(others(&graph), expected(&[(Bin, "one-bin")]));
    // A binary, where one is asked for.
    let mut request = fixture.request("fw", &["extra"]);
    request.bin = Some("two".into());
    let graph = fixture.graph(&request);
    assert_eq!(
        graph.packages[0].root,
        fixture.dir.join("fw/src/bin/two.rs")
    );
    assert_eq!(others(&graph), expected(&[(Lib, "fw"), (Bin, "one-bin")]));
    // The only binary that this build compiles.
    std::fs::remove_file(fixture.dir.join("fw/src/lib.rs")).expect("it was there");
    let graph = fixture.graph(&fixture.request("fw", &[]));
    assert_eq!(
        graph.packages[0].root,
        fixture.dir.join("fw/src/bin/one.rs")
    );
    assert_eq!(graph.packages[0].crate_name, "one_bin");
    assert_eq!(others(&graph), expected(&[]));

    assert_eq!(
        fixture.refused(&fixture.request("fw", &["extra"])),
        "error: `fw` has no library and 2 binaries
 --> DIR/fw/Cargo.toml:1:1
  |
1 | [package]
  | ^
  |
  = help: say which of `one-bin`, `two` is the firmware with `Builder::bin`
  = help: or move the declarations into a library that the binaries share
"
    );
    let mut request = fixture.request("fw", &[]);
    request.bin = Some("three".into());
    let told = fixture.refused(&request);
    assert!(
        told.contains("name one of `one-bin` in `Builder::bin`"),
        "{told}"
    );
}

#[test]
fn c14_two_runtimes_are_refused_with_both_chains() {
    let fixture = Fixture::new(&[
        (
            "Cargo.toml",
            &manifest(
                "fw",
                "[dependencies]\nboard = { path = \"board\" }\nenroll = { path = \"enroll\" }",
            ),
        ),
        ("enroll/Cargo.toml", RUNTIME),
        (
            "older/Cargo.toml",
            "[package]\nname = \"enroll\"\nversion = \"0.9.0\"\n",
        ),
        (
            "board/Cargo.toml",
            &manifest("board", "[dependencies]\nvm = { path = \"../vm\" }"),
        ),
        (
            "vm/Cargo.toml",
            &manifest("vm", "[dependencies]\nenroll = { path = \"../older\" }"),
        ),
    ]);
    fixture.lock("");
    assert_eq!(
        fixture.refused(&fixture.request("", &[])),
        "error: 2 versions of `enroll` are in this build
 |
 = help: one comes by fw 0.1.0 → board 0.1.0 → vm 0.1.0 → enroll 0.9.0
 = help: one comes by fw 0.1.0 → enroll 1.0.0
 = help: make the crates agree on one version: `cargo update`, or a `[patch]`
"
    );
}

#[test]
fn c20_the_names_that_extern_crate_needs() {
    let fixture = Fixture::workspace(&[
        (
            "fw",
            "[dependencies]\nmy-board = { path = \"../board\", package = \"board\" }
            drivers-all = { path = \"../drivers-all\" }\nplain = { path = \"../plain\" }
            mod-errno = { path = \"../mod-errno\" }",
        ),
        (
            "board",
            "[dependencies]\nmod-errno = { path = \"../mod-errno\" }",
        ),
        (
            "drivers-all",
            "[lib]\nname = \"drivers\"\n[dependencies]\nboard = { path = \"../board\" }",
        ),
        ("mod-errno", ENROLL),
        ("plain", ""),
    ]);
    let graph = fixture.load("fw", &[]);
    let names = |of: &str| -> Vec<&str> {
        let edges = named(&graph, of).dependencies.iter();
        edges.map(|edge| edge.extern_name.as_str()).collect()
    };
    assert_eq!(names("fw"), ["my_board", "drivers", "mod_errno"]);
    assert_eq!(names("drivers-all"), ["board"]);
    assert_eq!(names("board"), ["mod_errno"]);
    assert!(named(&graph, "board").runtime_names.is_empty());
    assert_eq!(named(&graph, "mod-errno").runtime_names, ["enroll"]);
}
