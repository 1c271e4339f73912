//! An OAuth 2.0 token, in a header or in the query.

mod fetch;
mod grant;
mod token;

use postern_collection::Auth;

use crate::Wire;

pub(crate) use fetch::{Tokens, get_token};

/// The query parameter that carries it.
const PARAMETER: &str = "access_token";

pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    let token = auth.get("accessToken");
    // A MAC token would have to sign, which newman doesn't do either.
    if token.is_empty() || auth.get("tokenType").eq_ignore_ascii_case("mac") {
        return;
    }
    // What the request says by itself would contradict it, wherever it goes.
    wire.remove_header("Authorization");
    wire.url.remove_query(PARAMETER);
    match auth.get("addTokenTo").as_str() {
        "queryParams" => wire.url.push_query(PARAMETER, &token),
        "" | "header" => {
            let prefix = if auth.has("headerPrefix") {
                auth.get("headerPrefix")
            } else {
                "Bearer".to_owned()
            };
            let value = format!("{} {token}", prefix.trim());
            wire.set_header("Authorization", value.trim_start());
        }
        _ => {}
    }
}
