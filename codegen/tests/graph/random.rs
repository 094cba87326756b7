//! C14, C15: random workspaces against Cargo's own plan.

use crate::fixture::{Fixture, cfgs, host};
use crate::oracle;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many workspaces, each built for two targets; more with the variable
/// `ENROLL_GRAPH_CASES`.
const CASES: u64 = 10;

#[test]
fn c14_random_workspaces() {
    let given = std::env::var("ENROLL_GRAPH_CASES").ok();
    let cases = given.and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let mut counts = BTreeMap::new();
    for seed in 1..=cases {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let members = members(&mut random, &mut counts);
        let members: Vec<(&str, &str)> = members.iter().map(|(n, t)| (&**n, &**t)).collect();
        let resolver = ["1", "2", "3"][random.below(3)];
        let fixture = Fixture::workspace(&members);
        let root = std::fs::read_to_string(fixture.dir.join("Cargo.toml")).expect("a manifest");
        let root = root.replace("resolver = \"3\"", &format!("resolver = \"{resolver}\""));
        fixture.write("Cargo.toml", &root);
        if random.one_in(2) {
            fixture.write("fw/src/main.rs", "fn main() {}");
            std::fs::remove_file(fixture.dir.join("fw/src/lib.rs")).expect("it was there");
        }
        // Shown on failure: the folder is gone by then.
        println!("seed {seed}, resolver {resolver}, {members:#?}");
        for target in [host(), "thumbv7m-none-eabi"] {
            let features: Vec<&str> = ["f0", "f1", "f2", "default"]
                .into_iter()
                .filter(|_| random.one_in(2))
                .collect();
            let mut request = fixture.request("fw", &features);
            request.target = target.into();
            request.cfgs = cfgs(target);
            println!("{target}, {features:?}");
            let graph = fixture.graph(&request);
            oracle::check(&fixture, &request, &graph);
            *counts.entry("packages that count").or_default() += graph.packages.len();
            *counts.entry("packages of another answer only").or_default() += graph.elsewhere.len();
            let edges = graph.packages.iter().map(|p| p.dependencies.len());
            *counts.entry("edges").or_default() += edges.sum::<usize>();
        }
    }
    println!("{counts:#?}");
    for kind in KINDS {
        assert!(
            counts.get(kind).is_some_and(|&count| count > 0),
            "no {kind} in {counts:?}"
        );
    }
}

/// What the workspaces are made of; each must occur. Packages of another
/// answer only are too rare for a short run.
const KINDS: [&str; 15] = [
    "build-dependency",
    "default features off",
    "dev-dependency",
    "edges",
    "feature of a dependency",
    "implicit feature",
    "normal dependency",
    "optional dependency",
    "optional dependency by its name",
    "packages that count",
    "procedural macro",
    "renamed dependency",
    "table of a target",
    "weak feature of a dependency",
    "without the runtime",
];

type Counts = BTreeMap<&'static str, usize>;

/// The firmware and six crates, each depending on later ones only.
fn members(random: &mut Random, counts: &mut Counts) -> Vec<(String, String)> {
    let names = ["fw", "c1", "c2", "c3", "c4", "c5", "c6"];
    let mut members = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let mut member = Member::default();
        for child in &names[index + 1..] {
            if random.one_in(2) {
                member.depend(child, random, counts);
            }
        }
        if random.one_in(2) || index == 6 {
            let enroll = "enroll = { path = \"../enroll\" }\n";
            *member.tables.entry("[dependencies]".into()).or_default() += enroll;
        } else {
            *counts.entry("without the runtime").or_default() += 1;
        }
        let mut text = String::new();
        if (1..5).contains(&index) && random.one_in(6) {
            text += "[lib]\nproc-macro = true\n";
            *counts.entry("procedural macro").or_default() += 1;
        }
        text += &member.features(random, counts);
        for (table, entries) in &member.tables {
            text += &format!("{table}\n{entries}");
        }
        members.push(((*name).to_owned(), text));
    }
    members
}

/// A manifest in the making.
#[derive(Default)]
struct Member {
    /// Tables of dependencies, by heading.
    tables: BTreeMap<String, String>,
    /// What a feature may switch on, beside later features.
    values: Vec<String>,
}

impl Member {
    fn depend(&mut self, child: &str, random: &mut Random, counts: &mut Counts) {
        let mut count = |kind| *counts.entry(kind).or_default() += 1;
        let kind = ["", "", "", "dev-", "build-"][random.below(5)];
        let condition = [
            "",
            "",
            "cfg(unix)",
            "cfg(not(unix))",
            "cfg(target_os = \"none\")",
            "cfg(any(panic = \"abort\", windows))",
        ][random.below(6)];
        let optional = kind.is_empty() && random.one_in(3);
        let mut key = child.to_owned();
        let mut entry = format!("path = \"../{child}\"");
        if random.one_in(3) {
            key = format!("my-{child}");
            entry += &format!(", package = \"{child}\"");
            count("renamed dependency");
        }
        if optional {
            entry += ", optional = true";
            count("optional dependency");
        }
        if random.one_in(3) {
            entry += ", default-features = false";
            count("default features off");
        }
        if random.one_in(2) {
            entry += &format!(", features = [\"f{}\"]", random.below(3));
        }
        let table = match condition {
            "" => format!("[{kind}dependencies]"),
            _ => format!("[target.'{condition}'.{kind}dependencies]"),
        };
        *self.tables.entry(table).or_default() += &format!("{key} = {{ {entry} }}\n");
        match (kind, condition) {
            ("dev-", _) => count("dev-dependency"),
            ("build-", _) => count("build-dependency"),
            ("", "") => count("normal dependency"),
            _ => count("table of a target"),
        }
        if optional && random.one_in(2) {
            self.values.push(format!("dep:{key}"));
            self.values.push(format!("{key}?/f0"));
        } else if optional {
            self.values.push(key.clone());
            self.values.push(format!("{key}?/f1"));
        }
        if kind != "dev-" {
            self.values.push(format!("{key}/f2"));
        }
    }

    /// The table of features, each of which may name later ones.
    fn features(&self, random: &mut Random, counts: &mut Counts) -> String {
        let mut text = "[features]\n".to_owned();
        for (feature, later) in [
            ("default", &["f1", "f2"][..]),
            ("f0", &["f1", "f2"]),
            ("f1", &["f2"]),
            ("f2", &[]),
        ] {
            let later = later.iter().copied();
            let mut chosen: Vec<&str> = later
                .chain(self.values.iter().map(String::as_str))
                .filter(|_| random.one_in(3))
                .collect();
            for value in &chosen {
                let kind = match *value {
                    "f1" | "f2" => continue,
                    value if value.contains("?/") => "weak feature of a dependency",
                    value if value.contains('/') => "feature of a dependency",
                    value if value.starts_with("dep:") => "optional dependency by its name",
                    _ => "implicit feature",
                };
                *counts.entry(kind).or_default() += 1;
            }
            if feature == "f2" {
                // What no feature names with `dep:` is a feature itself, and
                // then `name?/feature` may not be all that names it.
                let named = self.values.iter().map(String::as_str);
                chosen.extend(named.filter(|value| value.starts_with("dep:")));
                chosen.sort_unstable();
                chosen.dedup();
            }
            writeln!(text, "{feature} = {chosen:?}").expect("text");
        }
        text
    }
}

/// xorshift64*, enough to choose.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) % bound) as usize
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }
}
