//! What OAuth 1.0 signs: method, address and all parameters, in one line.

use super::{Parameter, uri};
use crate::Address;

/// The line for a request with these parameters besides those of its query.
pub(super) fn of(
    method: &str,
    url: &Address,
    parameters: Vec<Parameter>,
) -> Result<String, String> {
    let mut all = match &url.query {
        Some(query) => read_form(query)?
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect(),
        None => Vec::new(),
    };
    all.extend(parameters);
    let mut pairs: Vec<(String, String)> = all
        .iter()
        .filter(|(key, _)| key != "oauth_signature")
        .map(|(key, value)| {
            let value = value.as_deref().unwrap_or_default();
            (uri::strict(key), uri::strict(value))
        })
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    // As newman has it, either of the two ports is left out whatever the protocol is.
    let host = match url.port.as_deref() {
        None | Some("80" | "443" | "") => url.host_str().to_owned(),
        Some(_) => url.host(),
    };
    let address = format!("{}://{}{}", url.protocol, host.to_lowercase(), url.path);
    let parts = [&method.to_uppercase(), &address, &pairs.join("&")].map(|part| uri::strict(part));
    Ok(parts.join("&"))
}

/// The entries of a query or a form; one without `=` has no value.
pub(super) fn read_form(form: &str) -> Result<Vec<(String, Option<String>)>, String> {
    let read = |text: &str| uri::decode(&text.replace('+', " "));
    let entries = form.split('&').filter(|entry| !entry.is_empty());
    entries
        .map(|entry| match entry.split_once('=') {
            Some((key, value)) => Ok((read(key)?, Some(read(value)?))),
            None => Ok((read(entry)?, None)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5849, section 3.4.1.1.
    #[test]
    fn the_base_string_is_that_of_the_rfc() {
        let url = Address::parse(
            "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
            true,
        );
        let parameters = [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
            ("c2", ""),
            ("a3", "2 q"),
        ];
        let parameters = parameters.map(|(key, value)| (key.into(), Some(value.to_owned())));
        assert_eq!(
            of("post", &url, parameters.into()).unwrap(),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D\
             %26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1\
             %26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
    }
}
