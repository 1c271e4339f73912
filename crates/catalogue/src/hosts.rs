//! Whom a connector may ask: the hosts that its manifest names, filled in with its fields.

use serde_json::{Map, Value};
use url::Url;

use crate::field::{Field, FieldKind};

/// The fields that a host names in braces.
pub(crate) fn names(host: &str) -> impl Iterator<Item = &str> {
    host.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// Whether this address is one of theirs. Where no field is a whole address, only https is.
pub(crate) fn allows(
    hosts: &[String],
    fields: &[Field],
    values: &Map<String, Value>,
    url: &Url,
) -> bool {
    hosts
        .iter()
        .any(|host| fits(host, fields, values, url).unwrap_or(false))
}

fn fits(host: &str, fields: &[Field], values: &Map<String, Value>, url: &Url) -> Option<bool> {
    let mut filled = String::new();
    let mut schemes = vec!["https"];
    let mut rest = host;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        let field = fields.iter().find(|field| field.key == name)?;
        let value = values.get(name)?.as_str()?;
        if field.kind == FieldKind::Url {
            let named = Url::parse(value).ok()?;
            schemes = vec!["https"];
            if named.scheme() == "http" {
                schemes.push("http");
            }
            filled.push_str(&place(&named)?);
        } else {
            filled.push_str(&value.to_ascii_lowercase());
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(schemes.contains(&url.scheme()) && place(url)? == filled)
}

/// The host, and the port where it is not the scheme's own.
fn place(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn allowed(hosts: &[&str], values: &Value, url: &str) -> bool {
        let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        let fields: Vec<Field> = [("url", "url"), ("bucket", "text"), ("region", "text")]
            .iter()
            .map(|(key, kind)| {
                serde_json::from_value(json!({"key": key, "label": key, "type": kind, "help": "."}))
                    .unwrap()
            })
            .collect();
        let values = values.as_object().unwrap();
        allows(&hosts, &fields, values, &Url::parse(url).unwrap())
    }

    #[test]
    fn only_the_hosts_that_are_named_are_asked() {
        let none = json!({});
        assert!(allowed(
            &["api.github.com"],
            &none,
            "https://api.github.com/x"
        ));
        assert!(!allowed(
            &["api.github.com"],
            &none,
            "http://api.github.com/x"
        ));
        assert!(!allowed(
            &["api.github.com"],
            &none,
            "https://api.github.com.evil.example/"
        ));
        assert!(!allowed(
            &["api.github.com"],
            &none,
            "https://api.github.com:444/"
        ));
        let own = json!({"url": "http://git.example:3000/a"});
        assert!(allowed(&["{url}"], &own, "http://git.example:3000/b"));
        assert!(!allowed(&["{url}"], &own, "http://git.example/b"));
        assert!(!allowed(
            &["{url}"],
            &json!({"url": "https://git.example"}),
            "http://git.example/b"
        ));
        assert!(!allowed(&["{url}"], &none, "https://git.example/b"));
        let s3 = json!({"bucket": "Mine", "region": "eu-west-1"});
        let host = ["{bucket}.s3.{region}.amazonaws.com"];
        assert!(allowed(
            &host,
            &s3,
            "https://mine.s3.eu-west-1.amazonaws.com/k"
        ));
        assert!(!allowed(
            &host,
            &s3,
            "https://other.s3.eu-west-1.amazonaws.com/k"
        ));
        let odd = json!({"bucket": "evil.example/", "region": "x"});
        assert!(!allowed(
            &host,
            &odd,
            "https://evil.example/.s3.x.amazonaws.com"
        ));
    }

    proptest! {
        #[test]
        fn no_value_of_a_text_field_opens_another_host(bucket in "[ -~]{0,20}") {
            let values = json!({"bucket": bucket, "region": "eu-west-1"});
            let hosts = ["{bucket}.s3.{region}.amazonaws.com"];
            let opened = allowed(&hosts, &values, "https://evil.example/");
            prop_assert!(!opened);
        }
    }
}
