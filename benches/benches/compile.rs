//! How long rustc takes for the table of 50,000 names: the file that the code
//! generator emits, beside an empty one and other tables of the same names.
//!
//! One compiler run takes longer than divan's timer is made for; the fastest
//! of five rounds over all files counts. Where the machine is busy with other
//! things, processor time says more than the clock (Linux, in hundredths).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use enroll_abi::hash::hash;
use enroll_abi::layout::{free_salt, layout};
use enroll_benches::identifiers;
use enroll_codegen::emit;
use enroll_codegen::plan::Plan;
use enroll_codegen::settings::Settings;

const ROUNDS: usize = 5;

const HOST: &str = "
    pub enum Nothing {}
    impl enroll::Host for Nothing {
        type Rom = ();
        type Value<'vm> = ();
        type Context<'vm> = ();
        type Error = enroll::Broken;
        fn live<'vm>(_: &mut enroll::Cx<'_, 'vm, Nothing>, _: &'static ()) -> Result<(), enroll::Broken> { Ok(()) }
        fn text<'vm>(_: &mut enroll::Cx<'_, 'vm, Nothing>, _: &'static str) -> Result<(), enroll::Broken> { Ok(()) }
        fn module<'vm>(_: &mut enroll::Cx<'_, 'vm, Nothing>, _: enroll::ModuleId) -> Result<(), enroll::Broken> { Ok(()) }
    }
";

fn main() {
    let mut names = identifiers::all();
    names.sort_by_key(|name| hash(name, 0xfeed));
    let count = 50_000.min(names.len());
    names.truncate(count);
    let salt = free_salt(&names, 1_000).expect("50,000 names have a free salt");
    let files = [
        ("empty file", HOST.to_owned()),
        ("enroll", HOST.to_owned() + &generated(&names, salt)),
        ("array of &str", slices(&names)),
        ("phf_codegen", phf(&names, salt)),
    ];
    let folder = env::temp_dir().join(format!("enroll-compile-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder for temporary files is writable");
    let mut best = [[(Duration::MAX, Duration::MAX); 2]; 4];
    for _ in 0..ROUNDS {
        for ((name, code), best) in files.iter().zip(&mut best) {
            let file = folder.join("table.rs");
            fs::write(&file, code).expect("the folder is writable");
            for (level, best) in ["0", "3"].into_iter().zip(best) {
                let (clock, processor) = compile(&file, level, name);
                *best = (best.0.min(clock), best.1.min(processor));
            }
        }
    }
    println!("{count} names, salt {salt}; seconds, and more than an empty file");
    println!(
        "{:>16} {:>9} {:>16} {:>16}",
        "", "opt-level", "clock", "processor"
    );
    for ((name, _), times) in files.iter().zip(&best) {
        for (level, times, empty) in [(0, times[0], best[0][0]), (3, times[1], best[0][1])] {
            let column = |time: Duration, empty: Duration| {
                let (time, empty) = (time.as_secs_f64(), empty.as_secs_f64());
                format!("{time:.2} (+ {:.2})", time - empty)
            };
            let (clock, processor) = (column(times.0, empty.0), column(times.1, empty.1));
            println!("{name:>16} {level:>9} {clock:>16} {processor:>16}");
        }
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// The generated file of a firmware without modules.
fn generated(names: &[&str], salt: u32) -> String {
    let plan = Plan {
        salt,
        modules: Vec::new(),
        aliases: Vec::new(),
        classes: Vec::new(),
        index: (Vec::new(), Vec::new()),
        pool: layout(names, salt).expect("the salt is free"),
        names: Vec::new(),
        externs: Vec::new(),
        folders: Vec::new(),
        shadowed: Vec::new(),
        left_out: Vec::new(),
    };
    let settings = Settings {
        host: "Nothing".to_owned(),
        ..Settings::default()
    };
    emit::rust(&plan, &settings, "::enroll")
}

fn slices(names: &[&str]) -> String {
    format!("pub static NAMES: [&str; {}] = {names:?};", names.len())
}

fn phf(names: &[&str], salt: u32) -> String {
    let mut map = phf_codegen::Map::new();
    for name in names {
        map.entry(name, hash(name, salt).to_string());
    }
    format!("pub static NAMES: phf::Map<&str, u32> = {};", map.build())
}

/// Clock and processor time of one compilation.
fn compile(file: &Path, level: &str, name: &str) -> (Duration, Duration) {
    let deps = env::current_exe().expect("this program is a file");
    let deps = deps.parent().expect("and lies in a folder");
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
    command
        .args(["--edition=2024", "--crate-type=lib", "--emit=obj,metadata"])
        .arg(format!("-Copt-level={level}"))
        .arg("-L")
        .arg(format!("dependency={}", deps.display()))
        .arg("--out-dir")
        .arg(file.parent().expect("it is in a folder"))
        .arg(file);
    for dependency in ["enroll", "phf"] {
        let library = newest(deps, &format!("lib{dependency}-"));
        command
            .arg("--extern")
            .arg(format!("{dependency}={}", library.display()));
    }
    let (start, before) = (Instant::now(), children());
    let status = command.status().expect("rustc runs");
    assert!(status.success(), "{name} does not compile");
    (start.elapsed(), children() - before)
}

/// The processor time of all finished child processes; 0 where `/proc` does not
/// tell.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 16 and 17, where the second is the program's name in brackets.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: u64 = fields
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// The library that Cargo built last.
fn newest(folder: &Path, prefix: &str) -> PathBuf {
    let files = fs::read_dir(folder).expect("Cargo's folder is readable");
    files
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "rlib"))
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(prefix))
        })
        .max_by_key(|path| fs::metadata(path).and_then(|data| data.modified()).ok())
        .expect("Cargo built it for this benchmark")
}
