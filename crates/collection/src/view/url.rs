//! Addresses of requests, in Postman's parts.

use serde_json::{Map, Value, json};

use super::text::{disabled, text};

mod parse;

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
        let host = match fields.get("host") {
            Some(Value::Array(labels)) => labels.iter().map(text).collect::<Vec<_>>().join("."),
            Some(other) => text(other),
            None => String::new(),
        };
        let path = match fields.get("path") {
            Some(Value::Array(parts)) => Some(parts.iter().map(path_segment).collect()),
            Some(Value::String(path)) if !path.is_empty() => Some(split_path(path)),
            _ => None,
        };
        let query = match fields.get("query") {
            Some(Value::String(query)) if !query.is_empty() => parse::query(query),
            Some(Value::Array(entries)) => entries
                .iter()
                .filter(|entry| entry.is_object())
                .map(Parameter::of)
                .collect(),
            _ => Vec::new(),
        };
        Self {
            protocol: fields
                .get("protocol")
                .map(text)
                .filter(|protocol| !protocol.is_empty())
                .map(|protocol| protocol.trim_end_matches("://").to_owned()),
            auth: fields.get("auth").and_then(auth),
            host,
            port: fields.get("port").filter(|port| !port.is_null()).map(text),
            has_path: path.is_some(),
            path: path.unwrap_or_default(),
            query,
            hash: fields
                .get("hash")
                .and_then(Value::as_str)
                .map(str::to_owned),
            path_variables: path_variables(fields.get("variable")),
        }
    }

    /// Reads an address as people type it; `{{variables}}` may stand anywhere in it.
    pub fn parse(raw: &str) -> Self {
        parse::address(raw)
    }

    /// The user and the password that the address says; a `{{variable}}` is never taken apart.
    pub fn credentials(&self) -> Option<(&str, Option<&str>)> {
        let auth = self.auth.as_deref()?;
        Some(match parse::colon(auth) {
            Some(at) => (&auth[..at], Some(&auth[at + 1..])),
            None => (auth, None),
        })
    }

    /// The path, with path variables filled in; a lone slash where there is none.
    pub fn path_text(&self) -> String {
        let mut text = String::new();
        for segment in &self.path {
            text.push('/');
            text.push_str(&self.filled_in(segment));
        }
        if text.is_empty() {
            text.push('/');
        }
        text
    }

    /// A segment such as `:id` or `:id.json` with the variable's value; one without a value stays as it is.
    fn filled_in<'a>(&'a self, segment: &'a str) -> std::borrow::Cow<'a, str> {
        let Some(rest) = segment.strip_prefix(':') else {
            return segment.into();
        };
        let name = rest.split('.').next().unwrap_or_default();
        let value = self.path_variables.iter().rfind(|(key, _)| key == name);
        match value {
            Some((_, value)) if !name.is_empty() && !value.is_empty() => {
                format!("{value}{}", &rest[name.len()..]).into()
            }
            _ => segment.into(),
        }
    }

    /// The query of the entries that are switched on; what would end one of them early is encoded. `None` where none
    /// is switched on.
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
        if let Some(protocol) = &self.protocol {
            write!(f, "{protocol}://")?;
        }
        if let Some(auth) = &self.auth {
            write!(f, "{auth}@")?;
        }
        f.write_str(&self.host)?;
        if let Some(port) = &self.port {
            write!(f, ":{port}")?;
        }
        if self.has_path {
            f.write_str(&self.path_text())?;
        }
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
    pub(crate) fn of(entry: &Value) -> Self {
        // What isn't a text is left out, as Postman does it.
        let part = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Self {
            key: part("key"),
            value: part("value"),
            disabled: disabled(entry),
        }
    }

    fn to_text(&self) -> String {
        let key = escape(self.key.as_deref().unwrap_or(""), true);
        match &self.value {
            Some(value) => format!("{key}={}", escape(value, false)),
            None => key,
        }
    }
}

/// Encodes what would end a query's name or value early; a `{{variable}}` with such a character in its name stays.
fn escape(text: &str, is_name: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(variable) = parse::variable(rest, &['&', '#', '=']) {
            escaped.push_str(variable);
            rest = &rest[variable.len()..];
            continue;
        }
        match letter {
            '&' => escaped.push_str("%26"),
            '#' => escaped.push_str("%23"),
            '=' if is_name => escaped.push_str("%3D"),
            other => escaped.push(other),
        }
        rest = &rest[letter.len_utf8()..];
    }
    escaped
}

fn auth(auth: &Value) -> Option<String> {
    let part = |key: &str| auth.get(key).and_then(Value::as_str);
    match (part("user"), part("password")) {
        (None, None) => None,
        (user, None) => user.map(str::to_owned),
        (user, Some(password)) => Some(format!("{}:{password}", user.unwrap_or_default())),
    }
}

fn split_path(path: &str) -> Vec<String> {
    path.strip_prefix('/')
        .unwrap_or(path)
        .split('/')
        .map(str::to_owned)
        .collect()
}

fn path_segment(segment: &Value) -> String {
    match segment {
        Value::Object(fields) => fields.get("value").map(text).unwrap_or_default(),
        other => text(other),
    }
}

/// The values of path variables. Switched off or not makes no difference to Postman, and only texts are filled in.
fn path_variables(list: Option<&Value>) -> Vec<(String, String)> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries
        .filter_map(|entry| {
            let named = |key: &str| entry.get(key).map(text).filter(|text| !text.is_empty());
            let key = named("key").or_else(|| named("id"))?;
            let value = match entry.get("value") {
                Some(Value::String(value)) => value.clone(),
                Some(other) if entry.get("type").and_then(Value::as_str) == Some("string") => {
                    text(other)
                }
                _ => String::new(),
            };
            Some((key, value))
        })
        .collect()
}

/// A typed address as the object that v2.1 has.
pub(crate) fn split(raw: &str) -> Value {
    let url = Url::parse(raw);
    let mut fields = Map::new();
    fields.insert("raw".to_owned(), raw.into());
    if let Some(protocol) = &url.protocol {
        fields.insert("protocol".to_owned(), protocol.as_str().into());
    }
    if let Some((user, password)) = url.credentials() {
        let mut auth = Map::new();
        auth.insert("user".to_owned(), user.into());
        if let Some(password) = password {
            auth.insert("password".to_owned(), password.into());
        }
        fields.insert("auth".to_owned(), auth.into());
    }
    if !url.host.is_empty() {
        fields.insert("host".to_owned(), parse::labels(&url.host).into());
    }
    if let Some(port) = url.port {
        fields.insert("port".to_owned(), port.into());
    }
    let mut variables = Vec::new();
    for segment in &url.path {
        let name = segment.strip_prefix(':').filter(|name| !name.is_empty());
        let variable = name.map(|name| json!({"key": name}));
        variables.extend(variable.filter(|it| !variables.contains(it)));
    }
    if url.has_path {
        fields.insert("path".to_owned(), url.path.into());
    }
    if !url.query.is_empty() {
        let query = url
            .query
            .iter()
            .map(|entry| {
                // Two ampersands in a row: an entry without a name.
                let key = entry
                    .key
                    .as_ref()
                    .filter(|key| !key.is_empty() || entry.value.is_some());
                json!({"key": key, "value": entry.value})
            })
            .collect();
        fields.insert("query".to_owned(), query);
    }
    if let Some(hash) = url.hash {
        fields.insert("hash".to_owned(), hash.into());
    }
    if !variables.is_empty() {
        fields.insert("variable".to_owned(), variables.into());
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
            "h?",
            "h:?a&&b=#",
            "http://h/{{a/b?c}}/d?{{e&f#g}}#i",
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

    #[test]
    fn parts_of_a_query_cannot_end_early() {
        let url = Url::of(&json!({"host": "h", "query": [
            {"key": "a=b&c#d", "value": "x=y&z#{{v&w}}"}, {"key": "n", "value": 5},
        ]}));
        assert_eq!(url.to_string(), "h?a%3Db%26c%23d=x=y%26z%23{{v&w}}&n");
    }

    #[test]
    fn what_follows_a_path_variable_stays() {
        let url = Url::of(
            &json!({"host": "h", "path": ["a", ":id.json", ":none", ":"],
            "variable": [{"key": "id", "value": "1"}, {"id": "id", "value": "2"}, {"key": "none", "value": ""}]}),
        );
        assert_eq!(url.to_string(), "h/a/2.json/:none/:");
    }
}
