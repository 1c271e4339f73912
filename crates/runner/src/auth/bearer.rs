//! A token.

use postern_collection::Auth;

use crate::Wire;

pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    wire.set_header("Authorization", format!("Bearer {}", auth.get("token")));
}
