//! How a request says who asks.

mod apikey;
mod basic;
mod bearer;
mod oauth2;

use postern_collection::Auth;

use crate::Wire;
use crate::state::State;

/// Puts an auth on a request. One that is not known here is left out.
pub(crate) fn put(_state: &mut State<'_>, wire: &mut Wire, auth: &Auth) {
    match auth.kind.as_str() {
        "basic" => basic::put(wire, auth),
        "bearer" => bearer::put(wire, auth),
        "apikey" => apikey::put(wire, auth),
        "oauth2" => oauth2::put(wire, auth),
        _ => {}
    }
}

/// Whether requests with this auth are sent as their collection means it.
pub(crate) fn is_known(kind: &str) -> bool {
    matches!(kind, "basic" | "bearer" | "apikey" | "oauth2" | "noauth")
}
