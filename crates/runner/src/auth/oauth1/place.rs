//! Where OAuth 1.0 puts its parameters: into a header, into a form, or behind the query.

use postern_collection::{Auth, FormField};

use super::base_string::read_form;
use super::{Parameter, uri};
use crate::auth::Content;
use crate::wire::Wire;

/// Puts the parameters where the auth wants them.
pub(super) fn put(
    wire: &mut Wire,
    content: &mut Content<'_>,
    auth: &Auth,
    realm: &str,
    parameters: Vec<Parameter>,
) {
    let takes_form = ["PUT", "POST"]
        .iter()
        .any(|method| wire.method.contains(method));
    if auth.is_on("addParamsToHeader") {
        let encodes = !auth.is_on("disableHeaderEncoding");
        wire.push_header("Authorization", header(realm, &parameters, encodes));
    } else if takes_form && let Some(form) = content.form_mut() {
        form.extend(parameters.into_iter().map(field));
    } else {
        let encodes = wire.url.encodes();
        for (key, value) in parameters {
            let value = value.map(|value| encode(&value, encodes));
            wire.url.push_entry(&key, value.as_deref());
        }
    }
}

/// Brings the query into the encoding that has been signed.
pub(super) fn encode_query(wire: &mut Wire) -> Result<(), String> {
    let query = wire.url.query.clone().unwrap_or_default();
    if query.is_empty() {
        return Ok(());
    }
    let entries: Vec<String> = read_form(&query)?
        .into_iter()
        .map(|(key, value)| match value {
            Some(value) => format!("{}={}", uri::strict(&key), uri::strict(&value)),
            None => uri::strict(&key),
        })
        .collect();
    wire.url
        .set_query((!entries.is_empty()).then(|| entries.join("&")));
    Ok(())
}

fn header(realm: &str, parameters: &[Parameter], encodes: bool) -> String {
    let mut entries = Vec::new();
    if !realm.trim().is_empty() {
        entries.push(format!("realm=\"{}\"", encode(realm, encodes)));
    }
    for (key, value) in parameters {
        let value = value.as_deref().unwrap_or_default();
        if !value.is_empty() {
            entries.push(format!("{key}=\"{}\"", encode(value.trim(), encodes)));
        }
    }
    format!("OAuth {}", entries.join(","))
}

fn encode(text: &str, encodes: bool) -> String {
    if encodes {
        uri::strict(text)
    } else {
        text.to_owned()
    }
}

fn field((key, value): Parameter) -> FormField {
    FormField {
        key: key.into_owned(),
        value: value.unwrap_or_default(),
        files: None,
        content_type: None,
        file_name: None,
        disabled: false,
    }
}
