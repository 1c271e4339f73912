//! Forms in parts, with files, as `@postman/form-data` writes them.

use postern_collection::FormField;
use rand::RngExt;

use super::{Built, Kind, base64, mime};
use crate::state::State;

/// A part's content, and what it is called.
struct Part {
    content: Vec<u8>,
    file_name: Option<String>,
    content_type: Option<String>,
}

pub(super) fn build(
    state: &mut State<'_>,
    fields: &[FormField],
    own_type: Option<&str>,
) -> Option<Built> {
    let own = own_type.and_then(boundary_of);
    let boundary = own.clone().unwrap_or_else(|| {
        let mut digit = || char::from(b'0' + state.random.random_range(0..10_u8));
        "-".repeat(26) + &(0..24).map(|_| digit()).collect::<String>()
    });
    let mut bytes = Vec::new();
    let mut warnings = Vec::new();
    for field in fields.iter().filter(|field| !field.disabled) {
        for part in parts(state, field, &mut warnings) {
            bytes.extend_from_slice(head(&field.key, &part, &boundary).as_bytes());
            bytes.extend_from_slice(&part.content);
            bytes.extend_from_slice(b"\r\n");
        }
    }
    if bytes.is_empty() {
        return (!warnings.is_empty()).then(|| Built {
            warnings,
            ..Built::default()
        });
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Some(Built {
        bytes: bytes.into(),
        kind: Kind::Form {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            // A type with a boundary of its own was read above; without one it is of no use.
            like: if own.is_some() {
                "multipart/form-data"
            } else {
                "\0"
            },
        },
        warnings,
    })
}

/// The boundary that the request's own content type names.
fn boundary_of(content_type: &str) -> Option<String> {
    let rest = content_type.strip_prefix("multipart/form-data;")?;
    // The last one counts.
    let value = &rest[rest.rfind("boundary=")? + "boundary=".len()..];
    let value = match value
        .strip_prefix('"')
        .and_then(|quoted| quoted.split_once('"'))
    {
        Some((quoted, _)) => quoted,
        None => value.split(';').next().unwrap_or_default(),
    };
    (!value.is_empty()).then(|| value.to_owned())
}

/// What a field sends: a text, or as many files as can be read.
fn parts(state: &State<'_>, field: &FormField, warnings: &mut Vec<String>) -> Vec<Part> {
    let Some(files) = &field.files else {
        return vec![named(field, field.value.clone().into_bytes(), None)];
    };
    let mut warn = |words: &str| {
        warnings.push(format!(
            "Form param `{}`, file load error: {words}",
            field.key
        ));
    };
    if files.is_empty() {
        if !field.value.is_empty() {
            return vec![named(
                field,
                base64(&field.value),
                Some("application/octet-stream"),
            )];
        }
        warn("missing file source");
        let mut part = named(field, Vec::new(), None);
        part.file_name.get_or_insert_default();
        return vec![part];
    }
    let mut parts = Vec::new();
    for source in files {
        match state.options().files.read(source) {
            Ok((path, content)) => {
                let path = path.to_string_lossy();
                let own = mime::of(&path).unwrap_or("application/octet-stream");
                parts.push(Part {
                    file_name: Some(
                        base_name(field.file_name.as_deref().unwrap_or(&path)).to_owned(),
                    ),
                    content_type: field.content_type.clone().or_else(|| Some(own.to_owned())),
                    content,
                });
            }
            Err(error) => warn(&error),
        }
    }
    parts
}

/// A part that isn't read from a file: its file name, where it has one, tells its type.
fn named(field: &FormField, content: Vec<u8>, otherwise: Option<&str>) -> Part {
    let file_name = field.file_name.as_deref();
    let guessed = file_name.and_then(mime::of).or(otherwise);
    Part {
        content,
        content_type: field
            .content_type
            .clone()
            .or_else(|| guessed.map(str::to_owned)),
        file_name: file_name.map(|name| base_name(name).to_owned()),
    }
}

fn base_name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

fn head(key: &str, part: &Part, boundary: &str) -> String {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{key}\"");
    if let Some(name) = &part.file_name {
        head.push_str(&format!("; filename=\"{name}\""));
        let is_plain = |letter: char| matches!(letter, '\t' | ' '..='~' | '\u{80}'..='\u{ff}');
        if !name.chars().all(is_plain) {
            head.push_str(&format!("; filename*=UTF-8''{}", extended(name)));
        }
    }
    head.push_str("\r\n");
    if let Some(content_type) = &part.content_type {
        head.push_str(&format!("Content-Type: {content_type}\r\n"));
    }
    head + "\r\n"
}

/// A file name as RFC 8187 wants it.
fn extended(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~|`^".contains(&byte);
    name.bytes()
        .map(|byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            // `escape` of these is in lower case.
            b'(' | b')' | b'*' | b'\'' => format!("%{byte:02x}"),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
