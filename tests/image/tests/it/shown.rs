//! Everything that can be seen of an image, through the runtime alone.

use enroll::import::{Answer, Ids, Mounted, PathHook, Sought, Suffix};
use enroll::{Names, import::Kind};
use enroll_abi::image::View;
use enroll_codegen::Class;
use enroll_codegen::freeze::{DataFile, FrozenModule, FrozenSet};
use std::path::PathBuf;

/// The set that an image shows.
pub(crate) fn set(view: &View<'_>) -> FrozenSet {
    let modules = (0..view.len()).map(|position| {
        let module = view.module(position).expect("a module");
        let ids = module.ids.iter().map(|id| u32::from_le_bytes(*id));
        let aliases = view.aliases().filter(|(_, of)| *of == position);
        FrozenModule {
            name: module.name.to_owned(),
            suffix: module.suffix.to_owned(),
            is_package: module.is_package,
            class: match module.is_extensible {
                true => Class::Extensible,
                false => Class::Builtin,
            },
            aliases: aliases.map(|(alias, _)| alias.to_owned()).collect(),
            code: module.code.to_vec(),
            names: ids
                .map(|id| view.name(id).expect("a name").to_owned())
                .collect(),
            file: PathBuf::new(),
            path: String::new(),
        }
    });
    FrozenSet {
        modules: modules.collect(),
        data: view
            .files()
            .map(|(path, bytes)| DataFile {
                path: path.to_owned(),
                bytes: bytes.to_vec(),
                file: PathBuf::new(),
            })
            .collect(),
    }
}

/// The same set as finders give it, asked by name, by alias and through paths, and
/// with every id resolved by the interpreter.
pub(crate) fn found(mounted: &Mounted, names: &Names, expected: &FrozenSet) -> FrozenSet {
    let finder = mounted.finder();
    let suffixes: Vec<Suffix> = Vec::new();
    let mut modules = Vec::new();
    for module in &expected.modules {
        let (entry, tail) = match module.name.rsplit_once('.') {
            Some((package, tail)) => (format!(".frozen/{}", package.replace('.', "/")), tail),
            None => (".frozen".to_owned(), &*module.name),
        };
        let sought = Sought::new(tail, &suffixes);
        let Answer::Module(spec) = finder.find(&entry, &sought) else {
            panic!("{} is not found in {entry}", module.name);
        };
        assert_eq!(spec.kind, Kind::Frozen);
        let code = finder.code(&spec).expect("its code");
        modules.push(FrozenModule {
            suffix: spec.suffix.clone(),
            is_package: spec.is_package(),
            code: code.bytes.to_vec(),
            names: texts(&code.names, names),
            ..module.clone()
        });
    }
    assert!(
        mounted
            .modules()
            .eq(expected.modules.iter().map(|module| &*module.name))
    );
    FrozenSet {
        modules,
        data: expected
            .data
            .iter()
            .map(|file| DataFile {
                bytes: mounted.data(&file.path).expect("a data file").to_vec(),
                ..file.clone()
            })
            .collect(),
    }
}

/// What ids mean in an interpreter.
fn texts(ids: &Ids, names: &Names) -> Vec<String> {
    let text = |id| {
        names
            .text(id)
            .expect("a name of this interpreter")
            .to_owned()
    };
    ids.iter().map(text).collect()
}
