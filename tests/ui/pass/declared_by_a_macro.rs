//! What a `macro_rules!` hands on comes in invisible groups.

use enroll::qstr;

macro_rules! declare {
    ($vis:vis $ident:ident, $host:ty, $name:literal, $entry:literal, $value:expr, $hook:path) => {
        enroll::register_module! {
            $vis static $ident: Module<$host> = $name {
                $entry => $value,
            }
            aliases: [$entry],
            init: $hook,
        }
    };
}

macro_rules! extend {
    ($ident:ident, $host:ty, $name:literal, $entry:literal, $value:expr) => {
        enroll::extend_module! {
            static $ident: Extension<$host> = $name {
                replace $entry => $value,
            }
        }
    };
}

declare!(pub(crate) ERRNO, ui::Tiny, "errno", "EPERM", 1 + 1, start);
extend!(EXTRA, ui::Tiny, "errno", "EPERM", -3);

fn start(_: &mut enroll::Cx<'_, '_, ui::Tiny>) -> Result<(), enroll::Broken> {
    Ok(())
}

fn main() {
    assert_eq!(ERRNO.get(qstr!("EPERM")), Some(&2));
    assert_eq!(EXTRA.get(qstr!("EPERM")), Some(&-3));
}
