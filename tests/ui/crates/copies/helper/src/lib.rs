//! What the tests of `module` use, itself a user of `module`.

use enroll::testing::Kit;
use enroll::{Declared, Header};

/// The ordinary copy of the module.
pub fn kit() -> Kit {
    Kit::new().declared::<module::MODULE>()
}

/// The ordinary copy of its extension.
pub fn extra() -> &'static Header {
    module::EXTRA::HEADER
}
