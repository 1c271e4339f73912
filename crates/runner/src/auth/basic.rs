//! A user's name and password.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_collection::Auth;

use crate::Wire;

pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    let credentials = format!("{}:{}", auth.get("username"), auth.get("password"));
    wire.set_header(
        "Authorization",
        format!("Basic {}", STANDARD.encode(credentials)),
    );
}
