//! A key, in a header or in the query.

use postern_collection::Auth;

use crate::Wire;

pub(super) fn put(wire: &mut Wire, auth: &Auth) {
    let (key, value) = (auth.get("key"), auth.get("value"));
    if key.is_empty() {
        return;
    }
    if auth.get("in") == "query" {
        // Put behind what is there, without rewriting it.
        let added = url::form_urlencoded::Serializer::new(String::new())
            .append_pair(&key, &value)
            .finish();
        let query = match wire.url.query() {
            Some(query) if !query.is_empty() => format!("{query}&{added}"),
            _ => added,
        };
        wire.url.set_query(Some(&query));
    } else {
        wire.set_header(&key, value);
    }
}
