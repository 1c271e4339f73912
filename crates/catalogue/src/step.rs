//! What a transform says is to be done next.

use postern_model::is_header_name;
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::connector::Connector;

/// The methods that it may ask with.
const METHODS: [&str; 8] = [
    "POST", "PUT", "PATCH", "GET", "DELETE", "HEAD", "OPTIONS", "MKCOL",
];
/// The most headers of a request.
const MAX_HEADERS: usize = 50;
/// The most bytes of a header's value.
const MAX_VALUE: usize = 8 * 1024;
/// The most recipients of a letter.
const MAX_RECIPIENTS: usize = 50;

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// This is to be asked.
    Ask(Ask),
    /// This file is to be written.
    Write(Write),
    /// This letter is to be sent.
    Mail(Mail),
    /// All was asked.
    Done,
    /// There is nothing to do, for this reason.
    Nothing(String),
    /// It failed, for this reason.
    Failed(String),
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The method.
    pub method: String,
    /// Where to: a host that the manifest names.
    pub url: Url,
    /// The headers, in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, with stand-ins.
    pub body: String,
    /// The statuses besides 2xx that are not the end.
    pub accepts: Vec<u16>,
    /// Whether the answer is recorded.
    pub keep: bool,
    /// Whether all is done once it is answered well.
    pub last: bool,
}

/// A file in the integration's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Where in the folder: relative, without `..`.
    pub path: String,
    /// The content, with stand-ins; none: the folder is only looked at.
    pub body: Option<String>,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// To whom.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Letters with the same thread belong together.
    #[serde(default)]
    pub thread: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    #[serde(default)]
    request: Option<Map<String, Value>>,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    last: bool,
    #[serde(default)]
    nothing: Option<String>,
    #[serde(default)]
    failed: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    method: Option<String>,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Value,
    #[serde(default)]
    accepts: Vec<u16>,
    #[serde(default)]
    keep: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Writing {
    write: String,
    #[serde(default)]
    body: Option<String>,
}

impl Step {
    /// What the script returned, read; an error completes "the connector returned …".
    pub(crate) fn read(
        connector: &Connector,
        values: &Map<String, Value>,
        returned: Value,
    ) -> Result<Self, String> {
        let told: Told = serde_json::from_value(returned).map_err(|error| error.to_string())?;
        if let Some(why) = told.failed {
            return Ok(Self::Failed(why));
        }
        if let Some(why) = told.nothing {
            return Ok(Self::Nothing(why));
        }
        let Some(request) = told.request else {
            return if told.done {
                Ok(Self::Done)
            } else {
                Err("nothing at all: a request, nothing(…) or the end".to_owned())
            };
        };
        if request.contains_key("write") {
            return read_write(Value::Object(request)).map(Self::Write);
        }
        if request.contains_key("subject") {
            return read_mail(Value::Object(request)).map(Self::Mail);
        }
        let ask = read_request(connector, values, Value::Object(request))?;
        Ok(Self::Ask(Ask {
            last: told.last,
            ..ask
        }))
    }
}

fn read_request(
    connector: &Connector,
    values: &Map<String, Value>,
    request: Value,
) -> Result<Ask, String> {
    let request: Request =
        serde_json::from_value(request).map_err(|error| format!("no request: {error}"))?;
    let method = request.method.unwrap_or_else(|| "POST".to_owned());
    if !METHODS.contains(&method.as_str()) {
        return Err(format!(
            "a method that is not one of {}",
            METHODS.join(", ")
        ));
    }
    let url = Url::parse(&request.url).map_err(|error| format!("no URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a URL with a user in it".to_owned());
    }
    if !connector.may_ask(values, &url) {
        return Err(format!(
            "a request to {}, which is none of the hosts that it may ask",
            url.host_str().unwrap_or_default()
        ));
    }
    let mut headers = Vec::new();
    for (name, value) in request.headers {
        let value = match value {
            Value::String(text) => text,
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            Value::Null => continue,
            _ => return Err(format!("a header {name:?} that is no text")),
        };
        check_header(&name, &value)?;
        headers.push((name.to_ascii_lowercase(), value));
    }
    if headers.len() > MAX_HEADERS {
        return Err(format!("more than {MAX_HEADERS} headers"));
    }
    let body = match request.body {
        Value::Null => String::new(),
        Value::String(text) => text,
        value => {
            if !headers.iter().any(|(name, _)| name == "content-type") {
                let json = ("content-type".to_owned(), "application/json".to_owned());
                headers.push(json);
            }
            value.to_string()
        }
    };
    Ok(Ask {
        method,
        url,
        headers,
        body,
        accepts: request.accepts,
        keep: request.keep.unwrap_or(true),
        last: false,
    })
}

fn check_header(name: &str, value: &str) -> Result<(), String> {
    if !is_header_name(name) {
        return Err(format!("a header {name:?} that is none"));
    }
    if ["host", "content-length", "transfer-encoding", "connection"]
        .contains(&name.to_ascii_lowercase().as_str())
    {
        return Err(format!("a header {name:?}, which the sender sets"));
    }
    if value.len() > MAX_VALUE || value.chars().any(char::is_control) {
        return Err(format!("a header {name:?} whose value can't be sent"));
    }
    Ok(())
}

fn read_write(request: Value) -> Result<Write, String> {
    let writing: Writing =
        serde_json::from_value(request).map_err(|error| format!("no file: {error}"))?;
    let path = writing.write;
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\0', '\\']);
    if path.len() > 1024 || !path.split('/').all(plain) || path.split('/').any(|it| it.len() > 255)
    {
        return Err("a path that leaves its folder, or is none".to_owned());
    }
    Ok(Write {
        path,
        body: writing.body,
    })
}

fn read_mail(request: Value) -> Result<Mail, String> {
    let mail: Mail =
        serde_json::from_value(request).map_err(|error| format!("no letter: {error}"))?;
    if mail.to.is_empty() || mail.to.len() > MAX_RECIPIENTS {
        return Err(format!(
            "a letter to nobody, or to more than {MAX_RECIPIENTS}"
        ));
    }
    if mail.subject.chars().any(char::is_control) {
        return Err("a subject with a line break or another control character".to_owned());
    }
    Ok(mail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(returned: Value) -> Result<Step, String> {
        let connector = crate::find("slack").expect("slack is there");
        let values = json!({"url": "https://hooks.slack.com/services/a"});
        Step::read(connector, values.as_object().unwrap(), returned)
    }

    #[test]
    fn what_a_transform_says_is_read_or_refused_with_a_reason() {
        let url = "https://hooks.slack.com/services/a";
        let Ok(Step::Ask(ask)) =
            read(json!({"request": {"url": url, "body": {"a": 1}, "headers": {"X-A": 1}}}))
        else {
            panic!("it is a request");
        };
        assert_eq!(
            (ask.method.as_str(), ask.body.as_str()),
            ("POST", "{\"a\":1}")
        );
        assert_eq!(ask.headers.len(), 2);
        assert_eq!(read(json!({"done": true})), Ok(Step::Done));
        assert_eq!(
            read(json!({"nothing": "x"})),
            Ok(Step::Nothing("x".to_owned()))
        );
        for (bad, says) in [
            (json!({}), "nothing at all"),
            (json!(1), "invalid type"),
            (
                json!({"request": {"url": "https://evil.example"}}),
                "evil.example",
            ),
            (
                json!({"request": {"url": "http://hooks.slack.com/x"}}),
                "hosts",
            ),
            (json!({"request": {"url": "x"}}), "URL"),
            (
                json!({"request": {"url": url, "method": "TRACE"}}),
                "method",
            ),
            (
                json!({"request": {"url": url, "headers": {"a": "b\r\nc: d"}}}),
                "header",
            ),
            (
                json!({"request": {"url": url, "headers": {"Host": "b"}}}),
                "header",
            ),
            (json!({"request": {"url": url, "boddy": 1}}), "boddy"),
            (json!({"request": {"write": "../a"}}), "folder"),
            (json!({"request": {"write": "/a"}}), "folder"),
            (
                json!({"request": {"to": [], "subject": "a", "text": "", "html": ""}}),
                "nobody",
            ),
            (
                json!({"request": {"to": ["a@b"], "subject": "a\r\nb", "text": "", "html": ""}}),
                "subject",
            ),
        ] {
            let refused = read(bad.clone()).unwrap_err();
            assert!(refused.contains(says), "{bad}: {refused}");
        }
    }

    proptest! {
        #[test]
        fn a_file_never_leaves_its_folder(path in "[a./\\\\ \\x00]{0,20}") {
            if let Ok(Step::Write(write)) = read(json!({"request": {"write": path}})) {
                let folder = std::path::Path::new("/folder");
                prop_assert!(folder.join(&write.path).starts_with(folder));
                prop_assert!(!write.path.split('/').any(|part| part == ".."));
            }
        }
    }
}
