//! A key, in a header or in the query.

use postern_collection::Auth;

use crate::Wire;

pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    let (key, value) = (auth.get("key"), auth.get("value"));
    if key.is_empty() {
        return;
    }
    if auth.get("in") == "query" {
        wire.url.push_query(&key, &value);
    } else {
        wire.set_header(&key, value);
    }
}
