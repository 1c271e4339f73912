//! cURL commands, as people copy them from a browser, a page of documentation or a script.

mod words;

use base64::Engine as _;
use serde_json::{Map, Value, json};

use self::words::commands;
use super::auths::auth;
use super::build::{RequestParts, collection, language_of, pair, raw_body};
use super::notes::Notes;
use super::{ImportError, ImportFormat, Imported};

/// Whether a text is a command, or several.
pub(super) fn is_command(text: &str) -> bool {
    let lines = text.lines().map(str::trim);
    // Words about them may stand in front, as comments.
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches(['$', '>', ' ']);
    let word = line.split_whitespace().next().unwrap_or_default();
    let word = word.rsplit('/').next().unwrap_or_default();
    word == "curl" || word == "curl.exe"
}

/// Reads commands.
pub(super) fn read(text: &str, notes: &mut Notes) -> Result<Imported, ImportError> {
    let mut items = Vec::new();
    for words in commands(text)? {
        items.push(request(&words, notes)?.item());
    }
    if items.is_empty() {
        return Err(ImportError::broken("a cURL command", "it names no address"));
    }
    let mut imported = Imported::of(ImportFormat::Curl);
    let document = collection("cURL", "", items, Map::new())?;
    imported.collections.push(document);
    Ok(imported)
}

/// What a command says, before it is put together.
#[derive(Default)]
struct Command {
    parts: RequestParts,
    data: Vec<String>,
    form: Vec<Value>,
    /// A file is the body.
    file: Option<String>,
    as_query: bool,
    head: bool,
    is_json: bool,
}

/// Options without a value that change nothing that a collection can say.
const MUTE: [&str; 26] = [
    "-s",
    "--silent",
    "-S",
    "--show-error",
    "-v",
    "--verbose",
    "-i",
    "--include",
    "-f",
    "--fail",
    "-#",
    "--progress-bar",
    "-N",
    "--no-buffer",
    "--compressed",
    "-g",
    "--globoff",
    "-O",
    "--remote-name",
    "--http1.1",
    "--http2",
    "--no-keepalive",
    "-j",
    "-4",
    "-6",
    "--fail-with-body",
];
/// Options with a value that can't be carried over.
const WITH_VALUE: [&str; 30] = [
    "-o",
    "--output",
    "-w",
    "--write-out",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "--cacert",
    "--cert",
    "-E",
    "--key",
    "--resolve",
    "--interface",
    "-c",
    "--cookie-jar",
    "-x",
    "--proxy",
    "-T",
    "--upload-file",
    "-r",
    "--range",
    "-K",
    "--config",
    "--limit-rate",
    "--ciphers",
    "--unix-socket",
    "--proxy-user",
    "-U",
];

fn request(words: &[String], notes: &mut Notes) -> Result<RequestParts, ImportError> {
    let mut command = Command::default();
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        if !word.starts_with('-') || word == "-" {
            command.address(word, notes);
            continue;
        }
        for (option, joined) in options(word) {
            let mut value = || {
                let given = joined.clone().or_else(|| rest.next().cloned());
                given.ok_or_else(|| {
                    let problem = format!("the option {option} has no value");
                    ImportError::broken("a cURL command", problem)
                })
            };
            if command.takes_value(&option) {
                let value = value()?;
                command.set(&option, value, notes);
            } else if WITH_VALUE.contains(&option.as_str()) {
                let value = value()?;
                notes.add(format!("the option {option} of cURL"), &value);
            } else {
                command.switch(&option, notes);
            }
        }
    }
    command.done()
}

/// The options of a word: `-sSL` is three, `-XPOST` one with its value, `--data=x` one with its value.
fn options(word: &str) -> Vec<(String, Option<String>)> {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((option, value)) => vec![(option.to_owned(), Some(value.to_owned()))],
            None => vec![(word.to_owned(), None)],
        };
    }
    let mut options = Vec::new();
    for (at, letter) in word.char_indices().skip(1) {
        let option = format!("-{letter}");
        let rest = &word[at + letter.len_utf8()..];
        let takes =
            Command::default().takes_value(&option) || WITH_VALUE.contains(&option.as_str());
        if takes {
            options.push((option, (!rest.is_empty()).then(|| rest.to_owned())));
            break;
        }
        options.push((option, None));
    }
    options
}

impl Command {
    #[expect(clippy::unused_self, reason = "reads as a question to the command")]
    fn takes_value(&self, option: &str) -> bool {
        matches!(
            option,
            "-X" | "--request"
                | "-H"
                | "--header"
                | "-d"
                | "--data"
                | "--data-ascii"
                | "--data-raw"
                | "--data-binary"
                | "--data-urlencode"
                | "--json"
                | "-F"
                | "--form"
                | "--form-string"
                | "-u"
                | "--user"
                | "-b"
                | "--cookie"
                | "-A"
                | "--user-agent"
                | "-e"
                | "--referer"
                | "--url"
                | "--oauth2-bearer"
                | "--aws-sigv4"
                | "--url-query"
                | "--max-redirs"
        )
    }

    fn address(&mut self, word: &str, notes: &mut Notes) {
        if self.parts.url.is_empty() {
            word.clone_into(&mut self.parts.url);
        } else {
            notes.add("further addresses of one cURL command", word);
        }
    }

    fn set(&mut self, option: &str, value: String, notes: &mut Notes) {
        match option {
            "-X" | "--request" => self.parts.method = value,
            "-H" | "--header" => self.header(&value),
            "-d" | "--data" | "--data-ascii" | "--data-binary" => self.data(value, option, notes),
            "--data-raw" => self.data.push(value),
            "--json" => {
                self.is_json = true;
                self.data(value, option, notes);
            }
            "--data-urlencode" => self.data.push(urlencoded(&value)),
            "-F" | "--form" | "--form-string" => self.form.push(field(&value, option)),
            "-u" | "--user" => {
                let (user, password) = value.split_once(':').unwrap_or((&value, ""));
                let values = [("username", user), ("password", password)];
                self.parts.auth = Some(auth("basic", &values));
            }
            "--oauth2-bearer" => self.parts.auth = Some(auth("bearer", &[("token", &value)])),
            "-b" | "--cookie" => {
                if value.contains('=') {
                    self.parts.headers.push(pair("Cookie", &value));
                } else {
                    notes.add("files of cookies", &value);
                }
            }
            "-A" | "--user-agent" => self.parts.headers.push(pair("User-Agent", &value)),
            "-e" | "--referer" => self.parts.headers.push(pair("Referer", &value)),
            "--url" => self.address(&value, notes),
            "--url-query" => {
                let encoded = urlencoded(&value);
                let (key, value) = encoded.split_once('=').unwrap_or((&encoded, ""));
                self.parts.query.push(pair(key, value));
            }
            _ => notes.add(format!("the option {option} of cURL"), &value),
        }
    }

    fn switch(&mut self, option: &str, notes: &mut Notes) {
        match option {
            "-G" | "--get" => self.as_query = true,
            "-I" | "--head" => self.head = true,
            "-k" | "--insecure" => {
                let behavior = &mut self.parts.behavior;
                behavior.insert("strictSSL".to_owned(), false.into());
            }
            // A collection follows redirects unless it is told not to.
            "-L" | "--location" => {}
            "--digest" => self.kind_of_auth("digest"),
            "--ntlm" => self.kind_of_auth("ntlm"),
            _ if MUTE.contains(&option) => {}
            _ => notes.add(format!("the option {option} of cURL"), &self.parts.url),
        }
    }

    fn kind_of_auth(&mut self, kind: &str) {
        if let Some(Value::Object(old)) = self.parts.auth.take() {
            let values = old.values().find(|it| it.is_array()).cloned();
            self.parts.auth = Some(json!({"type": kind, kind: values}));
        }
    }

    fn header(&mut self, line: &str) {
        let (key, value) = match (line.split_once(':'), line.strip_suffix(';')) {
            (Some((_, value)), _) if value.trim().is_empty() => return,
            (Some((key, value)), _) => (key, value.trim()),
            (None, Some(key)) => (key, ""),
            (None, None) => return,
        };
        self.parts.headers.push(pair(key.trim(), value));
    }

    fn data(&mut self, value: String, option: &str, notes: &mut Notes) {
        match value.strip_prefix('@') {
            Some(file) if self.data.is_empty() => self.file = Some(file.to_owned()),
            Some(file) => notes.add("files between other data", file),
            None if option == "--data-binary" || option == "--json" => self.data.push(value),
            None => self.data.push(value.replace(['\r', '\n'], "")),
        }
    }

    fn done(mut self) -> Result<RequestParts, ImportError> {
        if self.parts.url.is_empty() {
            return Err(ImportError::broken("a cURL command", "it names no address"));
        }
        if !self.parts.url.contains("://") && !self.parts.url.starts_with("{{") {
            self.parts.url = format!("http://{}", self.parts.url);
        }
        self.take_authorization();
        let sends = !self.data.is_empty() || !self.form.is_empty() || self.file.is_some();
        if self.as_query {
            for entry in self.data.join("&").split('&').filter(|it| !it.is_empty()) {
                let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
                self.parts.query.push(pair(key, value));
            }
        } else if sends {
            self.parts.body = Some(self.body());
        }
        if self.parts.method.is_empty() {
            let method = match (self.head, sends && !self.as_query) {
                (true, _) => "HEAD",
                (false, true) => "POST",
                (false, false) => "GET",
            };
            method.clone_into(&mut self.parts.method);
        }
        let path = self.parts.url.split(['?', '#']).next().unwrap_or_default();
        self.parts.name = format!("{} {path}", self.parts.method.to_ascii_uppercase());
        Ok(self.parts)
    }

    /// An `Authorization` header that a collection has a word for.
    fn take_authorization(&mut self) {
        let is_it = |it: &Value| {
            it["key"]
                .as_str()
                .is_some_and(|key| key.eq_ignore_ascii_case("authorization"))
        };
        let Some(at) = self.parts.headers.iter().position(is_it) else {
            return;
        };
        let value = self.parts.headers[at]["value"].as_str().unwrap_or_default();
        let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
        let found = if scheme.eq_ignore_ascii_case("bearer") {
            Some(auth("bearer", &[("token", rest.trim())]))
        } else if scheme.eq_ignore_ascii_case("basic") {
            let open = base64::engine::general_purpose::STANDARD.decode(rest.trim());
            let open = open.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            open.as_ref()
                .and_then(|it| it.split_once(':'))
                .map(|(user, password)| {
                    auth("basic", &[("username", user), ("password", password)])
                })
        } else {
            None
        };
        if found.is_some() && self.parts.auth.is_none() {
            self.parts.auth = found;
            self.parts.headers.remove(at);
        }
    }

    fn body(&mut self) -> Value {
        if !self.form.is_empty() {
            return json!({"mode": "formdata", "formdata": self.form});
        }
        if let Some(file) = &self.file {
            return json!({"mode": "file", "file": {"src": file}});
        }
        let kind = self.parts.headers.iter().find_map(|it| {
            let key = it["key"].as_str()?;
            key.eq_ignore_ascii_case("content-type")
                .then(|| it["value"].as_str().unwrap_or_default().to_owned())
        });
        if self.is_json {
            for (key, value) in [
                ("Content-Type", "application/json"),
                ("Accept", "application/json"),
            ] {
                let there = |it: &Value| {
                    it["key"]
                        .as_str()
                        .is_some_and(|it| it.eq_ignore_ascii_case(key))
                };
                if !self.parts.headers.iter().any(there) {
                    self.parts.headers.push(pair(key, value));
                }
            }
            return raw_body(&self.data.concat(), "json");
        }
        let text = self.data.join("&");
        let is_form = kind
            .as_ref()
            .is_none_or(|it| it.starts_with("application/x-www-form-urlencoded"));
        if is_form && !text.trim_start().starts_with(['{', '[', '<']) {
            let fields: Vec<Value> = text
                .split('&')
                .filter(|it| !it.is_empty())
                .map(|entry| {
                    let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
                    pair(&decoded(key), &decoded(value))
                })
                .collect();
            return json!({"mode": "urlencoded", "urlencoded": fields});
        }
        if kind.is_none() {
            // cURL says so whatever the data is.
            let value = "application/x-www-form-urlencoded";
            self.parts.headers.push(pair("Content-Type", value));
        }
        raw_body(&text, language_of(&kind.unwrap_or_default()))
    }
}

/// `name=content`, `=content`, `content`: the content is encoded, the name is not.
fn urlencoded(value: &str) -> String {
    let encode = |text: &str| {
        url::form_urlencoded::byte_serialize(text.as_bytes())
            .collect::<String>()
            .replace('+', "%20")
    };
    match value.split_once('=') {
        Some(("", content)) => encode(content),
        Some((name, content)) => format!("{name}={}", encode(content)),
        None => encode(value),
    }
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8()
        .map_or(spaced.clone(), std::borrow::Cow::into_owned)
}

/// `name=value`, `name=@file;type=…`.
fn field(value: &str, option: &str) -> Value {
    let (key, value) = value.split_once('=').unwrap_or((value, ""));
    if option == "--form-string" {
        return json!({"key": key, "value": value, "type": "text"});
    }
    let (content, kind) = match value.split_once(";type=") {
        Some((content, kind)) => (content, Some(kind)),
        None => (value, None),
    };
    let mut field = match content.strip_prefix(['@', '<']) {
        Some(file) => {
            let file = file.split(";filename=").next().unwrap_or_default();
            json!({"key": key, "src": file.trim_matches('"'), "type": "file"})
        }
        None => json!({"key": key, "value": content.trim_matches('"'), "type": "text"}),
    };
    if let Some(kind) = kind {
        field["contentType"] = kind.into();
    }
    field
}
