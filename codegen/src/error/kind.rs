//! The kinds of errors and warnings, one line each on when they occur.

/// What a [`Diagnostic`](super::Diagnostic) is about.
///
/// Every kind is an error unless its documentation begins with "Warning".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    // graph
    /// Occurs when an environment variable that Cargo sets for build scripts
    /// is missing or malformed: the library runs outside a build script.
    NotABuildScript,
    /// Occurs when a question to Cargo failed: no lock file for the offline
    /// answer, `cargo install` without `--locked`, a package outside the
    /// workspace being built.
    CargoQuery,
    /// Occurs when a `Cargo.toml` could not be read or does not parse.
    Manifest,
    /// Occurs when the folder of a package could not be found.
    PackageFolder,
    /// Occurs when two folders could both be a package's.
    AmbiguousFolder,
    /// Occurs when two versions of the runtime are in one build.
    TwoRuntimes,
    /// Occurs when the firmware's package has no target that could hold the
    /// table, or several and none was chosen.
    FirmwareTarget,
    /// Occurs when a graph file cannot be read or says something that cannot be.
    GraphFile,
    /// Warning: occurs when `package.metadata.enroll` has a key that is not
    /// known. A later version of the runtime may know it.
    MetadataKey,

    // source
    /// Occurs when a file could not be read.
    Unreadable,
    /// Occurs when a file with a marker in it does not parse as Rust.
    Unparsable,
    /// Occurs when a cfg around a registration cannot be decided.
    UndecidedCfg,
    /// Occurs when a folder cannot be compiled into the firmware as a module.
    UserModule,
    /// Warning: occurs when a folder that should hold user modules holds none.
    NoUserModule,

    // extract
    /// Occurs when a declaration does not follow the macro's grammar.
    Grammar,
    /// Occurs when a registration stands where the table cannot refer to it.
    Misplaced,
    /// Occurs when a name cannot be seen before the compiler runs.
    HiddenName,
    /// Occurs when a wider build of the same firmware would not compile a
    /// registration that the table refers to.
    NotInWider,
    /// Warning: occurs when a wider build of the same firmware would compile a
    /// registration that is not in the table.
    WiderOnly,
    /// Warning: occurs when a package that registers modules is in a wider
    /// build only.
    ElsewhereOnly,

    // freeze
    /// Occurs when a script or a folder of scripts cannot be frozen.
    Frozen,

    // plan
    /// Occurs when two declarations register one module name.
    DuplicateModule,
    /// Occurs when two declarations give one module the same attribute.
    DuplicateEntry,
    /// Occurs when an extension replaces an entry that its base has not.
    MissingEntry,
    /// Occurs when a registering crate is not named by any code, so that rustc
    /// would not link it.
    Unlinked,
    /// Occurs when an extension or a submodule names a module that is not
    /// there.
    MissingModule,
    /// Occurs when two names of the build have the same id.
    Collision,
    /// Occurs when the builder was told something that cannot be.
    Setting,

    // assemble
    /// Occurs when a `firmware.toml` says something that cannot be.
    Assembly,

    // emit
    /// Occurs when a frozen set cannot be an image of its own.
    Image,
    /// Occurs when an output file could not be written.
    Unwritable,
}

impl Kind {
    /// Whether the build fails because of it.
    pub fn is_error(self) -> bool {
        !matches!(
            self,
            Kind::MetadataKey | Kind::NoUserModule | Kind::WiderOnly | Kind::ElsewhereOnly
        )
    }

    /// The kind's name for programs: `undecided-cfg`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn names_are_those_of_the_variants() {
        assert_eq!(Kind::UndecidedCfg.name(), "undecided-cfg");
        assert_eq!(Kind::NotABuildScript.name(), "not-a-build-script");
        assert_eq!(Kind::Grammar.name(), "grammar");
    }
}
