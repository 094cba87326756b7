//! The finders: files in folders, and frozen modules.

use crate::host::{Error, Scripted};
use crate::world::File;
use enroll::Cx;
use enroll::import::{Code, Finder, Kind, Request, Spec};

/// Says in a spec that its code is not there any more.
const VANISHED: u64 = u64::MAX;

/// A finder of what is in the interpreter's world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Files(pub Which);

/// Where it searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// In the folders of a path.
    Folders,
    /// Among the frozen modules.
    Frozen,
}

impl Finder<Scripted> for Files {
    fn label(&self) -> &str {
        match self.0 {
            Which::Folders => "folders",
            Which::Frozen => "frozen",
        }
    }

    fn find<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, Scripted>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, Error> {
        let Request { name, path, .. } = *request;
        let vm = cx.host();
        vm.log(format!("{} find {name} in {path:?}", self.label()));
        let state = vm.shared.state();
        match self.0 {
            Which::Frozen => match state.world.frozen.get(name) {
                Some(file) => spec(name, file, &format!("frozen/{name}"), Kind::Frozen).map(Some),
                None => Ok(None),
            },
            Which::Folders => {
                for folder in path {
                    let place = (folder.clone(), request.tail.to_owned());
                    if let Some(file) = state.world.folders.get(&place) {
                        let place = format!("{folder}/{}", request.tail);
                        return spec(name, file, &place, Kind::Source).map(Some);
                    }
                }
                Ok(None)
            }
        }
    }

    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, Scripted>, spec: &Spec) -> Result<Code, Error> {
        cx.host()
            .log(format!("{} code {}", self.label(), spec.name));
        if spec.tag == VANISHED {
            return Err(Error(format!("OSError: {} vanished", spec.name)));
        }
        Ok(Code::new(spec.tag.to_le_bytes().to_vec()))
    }
}

fn spec(name: &str, file: &File, place: &str, kind: Kind) -> Result<Spec, Error> {
    let (kind, tag, is_package) = match file {
        File::Module(program) => (kind, *program as u64, false),
        File::Package(program) => (kind, *program as u64, true),
        File::Namespace => (Kind::Namespace, 0, true),
        File::Unreadable => return Err(Error(format!("OSError: cannot read {place}"))),
        File::Vanished => (kind, VANISHED, false),
    };
    let mut spec = Spec::new(name, kind);
    spec.tag = tag;
    spec.search = is_package.then(|| vec![place.into()]);
    if kind == Kind::Source {
        spec.origin = Some(place.into());
        spec.has_file = true;
    }
    Ok(spec)
}
