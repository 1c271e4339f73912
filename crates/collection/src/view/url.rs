//! Addresses of requests, in Postman's parts.

use serde_json::{Map, Value, json};

use super::text::{disabled, text};

/// An address, before variables are filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Url {
    /// `http`, `https`, or nothing.
    pub protocol: Option<String>,
    /// `user:password`, where the address says so.
    pub auth: Option<String>,
    /// The host, its labels joined.
    pub host: String,
    /// The port, where one is said.
    pub port: Option<String>,
    /// The path's segments, in order.
    pub path: Vec<String>,
    /// Whether there is a path at all: `http://host` and `http://host/` are two addresses.
    pub has_path: bool,
    /// The query, in order.
    pub query: Vec<Parameter>,
    /// What follows the `#`.
    pub hash: Option<String>,
    /// The values of path segments such as `:id`.
    pub path_variables: Vec<(String, String)>,
}

/// One entry of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name; `None` is an entry such as `=x`.
    pub key: Option<String>,
    /// Its value; `None` is an entry without `=`.
    pub value: Option<String>,
    /// Whether it is switched off.
    pub disabled: bool,
}

impl Url {
    /// The address of a request: a text, or an object with parts.
    pub(crate) fn of(url: &Value) -> Self {
        match url {
            Value::String(raw) => Self::parse(raw),
            Value::Object(fields) => Self::of_parts(fields),
            _ => Self::default(),
        }
    }

    fn of_parts(fields: &Map<String, Value>) -> Self {
        if !fields.contains_key("host") && !fields.contains_key("path") {
            let mut parsed = Self::parse(fields.get("raw").and_then(Value::as_str).unwrap_or(""));
            parsed.path_variables = path_variables(fields.get("variable"));
            return parsed;
        }
        let joined = |key: &str, with: &str| match fields.get(key) {
            Some(Value::Array(parts)) => parts.iter().map(text).collect::<Vec<_>>().join(with),
            Some(other) => text(other),
            None => String::new(),
        };
        let optional = |key: &str| fields.get(key).map(text).filter(|text| !text.is_empty());
        let path = match fields.get("path") {
            Some(Value::Array(parts)) => Some(parts.iter().map(path_segment).collect()),
            Some(Value::String(path)) => Some(
                path.trim_start_matches('/')
                    .split('/')
                    .map(str::to_owned)
                    .collect(),
            ),
            _ => None,
        };
        let auth = fields.get("auth").and_then(|auth| {
            Some(format!(
                "{}:{}",
                text(auth.get("user")?),
                auth.get("password").map(text).unwrap_or_default()
            ))
        });
        let query = match fields.get("query") {
            Some(Value::String(query)) => parse_query(query),
            Some(Value::Array(entries)) => entries
                .iter()
                .filter(|entry| entry.is_object())
                .map(Parameter::of)
                .collect(),
            _ => Vec::new(),
        };
        Self {
            protocol: optional("protocol")
                .map(|protocol| protocol.trim_end_matches("://").to_owned()),
            auth,
            host: joined("host", "."),
            port: optional("port"),
            has_path: path.is_some(),
            path: path.unwrap_or_default(),
            query,
            hash: fields.get("hash").map(text).filter(|hash| !hash.is_empty()),
            path_variables: path_variables(fields.get("variable")),
        }
    }

    /// Reads an address as people type it; `{{variables}}` may stand anywhere in it.
    pub fn parse(raw: &str) -> Self {
        let mut url = Self::default();
        let mut rest = raw.trim_start();
        if let Some(at) = outside_braces(rest, '#') {
            url.hash = Some(rest[at + 1..].to_owned());
            rest = &rest[..at];
        }
        if let Some(at) = outside_braces(rest, '?') {
            url.query = parse_query(&rest[at + 1..]);
            rest = &rest[..at];
        }
        let rest = rest.replace('\\', "/");
        let mut rest = rest.as_str();
        if let Some(at) = rest.find("://") {
            url.protocol = Some(rest[..at].to_owned());
            rest = &rest[at + 3..];
        }
        if let Some(at) = outside_braces(rest, '/') {
            url.path = rest[at + 1..].split('/').map(str::to_owned).collect();
            url.has_path = true;
            rest = &rest[..at];
        }
        if let Some(at) = rest.rfind('@') {
            url.auth = Some(rest[..at].to_owned());
            rest = &rest[at + 1..];
        }
        let colon = rest
            .rfind(':')
            .filter(|&at| !rest[at..].contains([']', '}']) && !rest[..at].ends_with('{'));
        if let Some(at) = colon {
            url.port = Some(rest[at + 1..].to_owned());
            rest = &rest[..at];
        }
        rest.clone_into(&mut url.host);
        url
    }

    /// The address up to the query, with path variables filled in by `segment`.
    fn base(&self) -> String {
        let mut text = String::new();
        if let Some(protocol) = &self.protocol {
            text.push_str(protocol);
            text.push_str("://");
        }
        if let Some(auth) = &self.auth {
            text.push_str(auth);
            text.push('@');
        }
        text.push_str(&self.host);
        if let Some(port) = &self.port {
            text.push(':');
            text.push_str(port);
        }
        if self.has_path {
            for segment in &self.path {
                text.push('/');
                let value = segment
                    .strip_prefix(':')
                    .and_then(|name| self.path_variables.iter().find(|(key, _)| key == name));
                text.push_str(value.map_or(segment, |(_, value)| value));
            }
        }
        text
    }

    /// The query of the entries that are switched on.
    pub fn query_text(&self) -> Option<String> {
        let entries: Vec<String> = self
            .query
            .iter()
            .filter(|entry| !entry.disabled)
            .map(Parameter::to_text)
            .collect();
        (!entries.is_empty()).then(|| entries.join("&"))
    }
}

impl std::fmt::Display for Url {
    /// The address with path variables filled in and disabled entries left out; `{{variables}}` stand as they are.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.base())?;
        if let Some(query) = self.query_text() {
            write!(f, "?{query}")?;
        }
        if let Some(hash) = &self.hash {
            write!(f, "#{hash}")?;
        }
        Ok(())
    }
}

impl Parameter {
    fn of(entry: &Value) -> Self {
        let part = |key: &str| entry.get(key).filter(|value| !value.is_null()).map(text);
        Self {
            key: part("key"),
            value: part("value"),
            disabled: disabled(entry),
        }
    }

    fn to_text(&self) -> String {
        let key = self.key.as_deref().unwrap_or("");
        match &self.value {
            Some(value) => format!("{key}={value}"),
            None => key.to_owned(),
        }
    }
}

fn path_segment(segment: &Value) -> String {
    match segment {
        Value::Object(fields) => fields.get("value").map(text).unwrap_or_default(),
        other => text(other),
    }
}

fn path_variables(list: Option<&Value>) -> Vec<(String, String)> {
    let entries = list
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|entry| !disabled(entry));
    entries
        .filter_map(|entry| {
            let key = entry.get("key").or_else(|| entry.get("id")).map(text)?;
            Some((key, entry.get("value").map(text).unwrap_or_default()))
        })
        .collect()
}

fn parse_query(query: &str) -> Vec<Parameter> {
    if query.is_empty() {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut rest = query;
    loop {
        let end = outside_braces(rest, '&').unwrap_or(rest.len());
        let entry = &rest[..end];
        let (key, value) = match outside_braces(entry, '=') {
            Some(at) => (&entry[..at], Some(entry[at + 1..].to_owned())),
            None => (entry, None),
        };
        entries.push(Parameter {
            key: Some(key.to_owned()),
            value,
            disabled: false,
        });
        if end == rest.len() {
            return entries;
        }
        rest = &rest[end + 1..];
    }
}

/// The first such character that doesn't stand inside `{{…}}`.
fn outside_braces(text: &str, wanted: char) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find([wanted, '{']).map(|offset| at + offset) {
        if text[found..].starts_with(wanted) {
            return Some(found);
        }
        match text[found..]
            .strip_prefix("{{")
            .and_then(|inner| inner.find("}}"))
        {
            Some(end) => at = found + 2 + end + 2,
            None => at = found + 1,
        }
    }
    None
}

/// A typed address as the object that v2.1 has.
pub(crate) fn split(raw: &str) -> Value {
    let url = Url::parse(raw);
    let mut fields = Map::new();
    fields.insert("raw".to_owned(), raw.into());
    if let Some(protocol) = url.protocol {
        fields.insert("protocol".to_owned(), protocol.into());
    }
    fields.insert("host".to_owned(), url.host.split('.').collect());
    if let Some(port) = url.port {
        fields.insert("port".to_owned(), port.into());
    }
    if url.has_path {
        fields.insert("path".to_owned(), url.path.into());
    }
    if !url.query.is_empty() {
        let query = url
            .query
            .iter()
            .map(|entry| json!({"key": entry.key, "value": entry.value}))
            .collect();
        fields.insert("query".to_owned(), query);
    }
    if let Some(hash) = url.hash {
        fields.insert("hash".to_owned(), hash.into());
    }
    fields.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_it_was_read() {
        for raw in [
            "http://localhost:8080/a/b?x=1&y&=z&x=2#top",
            "https://{{host}}:{{port}}/v1/:id/x?q={{a?b&c}}",
            "{{base}}/items",
            "{{base}}",
            "example.com",
            "http://example.com/",
            "http://user:pa:ss@example.com/x",
            "http://[::1]:3000/x",
            "",
        ] {
            assert_eq!(Url::parse(raw).to_string(), raw);
        }
    }

    #[test]
    fn path_variables_are_filled_in() {
        let url = Url::of(&json!({
            "raw": "http://h/:a/x/:b", "protocol": "http", "host": ["h"], "path": [":a", "x", ":b"],
            "variable": [{"key": "a", "value": "1"}],
        }));
        assert_eq!(url.to_string(), "http://h/1/x/:b");
    }

    #[test]
    fn disabled_entries_are_left_out() {
        let url = Url::of(&json!({"host": "h", "query": [
            {"key": "a", "value": "1", "disabled": true}, {"key": "b", "value": null}, {"key": "c", "value": ""},
        ]}));
        assert_eq!(url.to_string(), "h?b&c=");
    }
}
