//! What a connector's form asks for, and whether an answer is right.

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

/// The longest line, in characters.
const MAX_LINE: usize = 2048;
/// The most bytes of a value of several lines.
const MAX_LINES: usize = 16 * 1024;
/// The most e-mail addresses in one field.
const MAX_EMAILS: usize = 50;

/// One thing that a form asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in `config.fields`.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What kind of value it has.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// What it is, and where to find it.
    pub help: String,
    /// An example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Whether it may be left out; without a word on it, what has no default may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether it is masked wherever it would be shown.
    #[serde(default)]
    pub secret: bool,
    /// What it is when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// What may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// A regular expression that the whole value fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What is wrong with a value that doesn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The kinds of events that it is asked for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
}

/// One of a field's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value.
    pub value: String,
    /// Its name for people.
    pub label: String,
}

/// What kind of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// An address, http or https.
    Url,
    /// One e-mail address.
    Email,
    /// Several, with commas in between.
    Emails,
    /// A whole number.
    Number,
    /// True or false.
    Boolean,
    /// One of the choices.
    Choice,
}

impl FieldKind {
    /// The word for it in manifests and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Lines => "lines",
            Self::Url => "url",
            Self::Email => "email",
            Self::Emails => "emails",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Choice => "choice",
        }
    }
}

/// What is wrong with what somebody wrote into a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's key.
    pub key: String,
    /// What is wrong; a fragment.
    pub problem: String,
}

impl Field {
    /// Whether it may not be left out.
    pub fn is_required(&self) -> bool {
        self.required.unwrap_or(true) && self.default.is_none()
    }

    /// Whether it is asked for when the integration tells this.
    pub fn is_for(&self, event: &str) -> bool {
        self.events.is_empty() || self.events.iter().any(|it| it == event)
    }

    /// A value without the spaces that came with it when it was copied from somewhere.
    fn trimmed(&self, value: &Value) -> Value {
        match value {
            Value::String(text) if self.kind != FieldKind::Lines => Value::from(text.trim()),
            value => value.clone(),
        }
    }

    /// Checks a value.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        match (self.kind, value) {
            (FieldKind::Boolean, Value::Bool(_)) => return Ok(()),
            (FieldKind::Boolean, _) => return Err("it is true or false".to_owned()),
            (FieldKind::Number, Value::Number(number)) => {
                return self.check_number(number.as_i64());
            }
            (FieldKind::Number, _) => return Err("it is a whole number".to_owned()),
            _ => {}
        }
        let Value::String(text) = value else {
            return Err("it is a text".to_owned());
        };
        self.check_text(text)
    }

    fn check_number(&self, number: Option<i64>) -> Result<(), String> {
        let number = number.ok_or("it is a whole number")?;
        match (self.min, self.max) {
            (Some(min), _) if number < min => Err(format!("it is at least {min}")),
            (_, Some(max)) if number > max => Err(format!("it is at most {max}")),
            _ => Ok(()),
        }
    }

    fn check_text(&self, text: &str) -> Result<(), String> {
        if self.kind == FieldKind::Lines {
            if text.len() > MAX_LINES {
                return Err("it has more than 16 KiB".to_owned());
            }
        } else if text.chars().count() > MAX_LINE {
            return Err("it has more than 2048 characters".to_owned());
        } else if text.chars().any(char::is_control) {
            return Err("it holds a line break or another control character".to_owned());
        }
        match self.kind {
            FieldKind::Url => check_url(text)?,
            FieldKind::Email => check_email(text)?,
            FieldKind::Emails => {
                let addresses: Vec<&str> = text.split(',').map(str::trim).collect();
                if addresses.len() > MAX_EMAILS {
                    return Err(format!("it has more than {MAX_EMAILS} addresses"));
                }
                addresses.into_iter().try_for_each(check_email)?;
            }
            FieldKind::Choice if !self.choices.iter().any(|choice| choice.value == text) => {
                let values: Vec<&str> = self
                    .choices
                    .iter()
                    .map(|choice| choice.value.as_str())
                    .collect();
                return Err(format!("it is one of {}", values.join(", ")));
            }
            _ => {}
        }
        if let Some(pattern) = self.regex()
            && !pattern.is_match(text)
        {
            return Err(self
                .says
                .clone()
                .unwrap_or_else(|| "it doesn't look right".to_owned()));
        }
        Ok(())
    }

    fn regex(&self) -> Option<Regex> {
        let pattern = self.pattern.as_ref()?;
        Regex::new(&format!("^(?:{pattern})$")).ok()
    }

    /// Checks what a manifest says of it.
    pub(crate) fn check_itself(&self) -> Result<(), String> {
        let starts = self
            .key
            .starts_with(|first: char| first.is_ascii_lowercase());
        if !starts || !self.key.chars().all(|it| it.is_ascii_alphanumeric()) {
            return Err("a key is written in camelCase".to_owned());
        }
        if self.label.is_empty() || self.help.is_empty() {
            return Err("it has a label and a help".to_owned());
        }
        if self.pattern.is_some() && (self.regex().is_none() || self.says.is_none()) {
            return Err("a pattern is a regular expression, and comes with `says`".to_owned());
        }
        if (self.kind == FieldKind::Choice) == self.choices.is_empty() {
            return Err("a choice has choices, and nothing else has".to_owned());
        }
        match &self.default {
            Some(default) => self
                .check(default)
                .map_err(|why| format!("its default: {why}")),
            None => Ok(()),
        }
    }
}

/// What somebody wrote into a form, with the defaults of what was left out; or all that is wrong with it.
pub(crate) fn checked(
    fields: &[Field],
    event: &str,
    written: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |key: &str, problem: String| {
        problems.push(FieldProblem {
            key: key.to_owned(),
            problem,
        });
    };
    for key in written.keys() {
        if !fields.iter().any(|field| field.key == *key) {
            let known: Vec<&str> = fields.iter().map(|field| field.key.as_str()).collect();
            wrong(
                key,
                format!("there is no such field (there are: {})", known.join(", ")),
            );
        }
    }
    let mut all = Map::new();
    for field in fields.iter().filter(|field| field.is_for(event)) {
        let value = written
            .get(&field.key)
            .map(|value| field.trimmed(value))
            .filter(|value| !value.is_null() && *value != "");
        match value.or_else(|| field.default.clone()) {
            Some(value) => {
                if let Err(problem) = field.check(&value) {
                    wrong(&field.key, problem);
                }
                all.insert(field.key.clone(), value);
            }
            None if field.is_required() => wrong(&field.key, "it is missing".to_owned()),
            None => {}
        }
    }
    if problems.is_empty() {
        Ok(all)
    } else {
        Err(problems)
    }
}

fn check_url(text: &str) -> Result<(), String> {
    let url = Url::parse(text).map_err(|_| "it is no URL (expected https://host/path)")?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("it begins with http:// or https://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it can't carry a user and a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err("it can't have a #fragment".to_owned());
    }
    Ok(())
}

/// Whether a text is an address that can be written to; an error is a fragment.
pub fn check_email(text: &str) -> Result<(), String> {
    let wrong = || Err(format!("{text:?} is no e-mail address"));
    let Some((local, domain)) = text.rsplit_once('@') else {
        return wrong();
    };
    let odd = |it: char| it.is_whitespace() || it.is_control() || "<>(),;:\\\"@[]".contains(it);
    if local.is_empty() || local.len() > 64 || local.contains(odd) {
        return wrong();
    }
    let named = !domain.is_empty() && domain.len() <= 253 && !domain.contains(odd);
    let dots = domain.starts_with('.') || domain.ends_with('.') || domain.contains("..");
    if !named || dots {
        return wrong();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn field(more: &Value) -> Field {
        let mut all = json!({"key": "it", "label": "It", "type": "text", "help": "It."});
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    #[test]
    fn values_are_taken_or_refused_with_a_reason() {
        let choices = json!({"type": "choice", "choices": [{"value": "eu", "label": "EU"}]});
        let pattern = json!({"pattern": "xox.-.+", "says": "it begins with xox"});
        for (kind, value, says) in [
            (json!({}), json!("a"), ""),
            (json!({}), json!(1), "text"),
            (json!({}), json!("a\nb"), "line break"),
            (json!({}), json!("a".repeat(3000)), "2048"),
            (json!({"type": "lines"}), json!("a\n b \n"), ""),
            (
                json!({"type": "url"}),
                json!("https://example.com/a?b=c"),
                "",
            ),
            (json!({"type": "url"}), json!("example.com"), "URL"),
            (json!({"type": "url"}), json!("ftp://example.com"), "http"),
            (
                json!({"type": "url"}),
                json!("https://u:p@example.com"),
                "password",
            ),
            (json!({"type": "email"}), json!("mia@example.com"), ""),
            (
                json!({"type": "email"}),
                json!("mia@example.com\r\nBcc: x@y.z"),
                "line break",
            ),
            (json!({"type": "email"}), json!("mia"), "address"),
            (json!({"type": "emails"}), json!("a@b.c, d@e.f"), ""),
            (json!({"type": "emails"}), json!("a@b.c,"), "address"),
            (json!({"type": "number", "min": 1, "max": 5}), json!(5), ""),
            (
                json!({"type": "number", "min": 1, "max": 5}),
                json!(0),
                "at least 1",
            ),
            (
                json!({"type": "number", "min": 1, "max": 5}),
                json!(6),
                "at most 5",
            ),
            (json!({"type": "number"}), json!(1.5), "whole"),
            (json!({"type": "boolean"}), json!("true"), "true or false"),
            (choices.clone(), json!("eu"), ""),
            (choices, json!("us"), "one of eu"),
            (pattern.clone(), json!("xoxb-1"), ""),
            (pattern, json!("1 xoxb-1"), "begins with xox"),
        ] {
            let told = field(&kind).check(&value);
            match told {
                Ok(()) => assert_eq!(says, "", "{kind} {value}"),
                Err(why) => assert!(
                    !says.is_empty() && why.contains(says),
                    "{kind} {value}: {why}"
                ),
            }
        }
    }

    #[test]
    fn a_form_is_filled_in_or_all_that_is_wrong_is_told() {
        let fields = [
            field(&json!({"key": "a"})),
            field(&json!({"key": "b", "default": "x"})),
            field(&json!({"key": "c", "required": false})),
            field(&json!({"key": "d", "events": ["custom"]})),
        ];
        let written = |value: Value| value.as_object().unwrap().clone();
        let told = checked(
            &fields,
            "monitor_results",
            &written(json!({"a": " 1\n", "c": ""})),
        );
        assert_eq!(Value::Object(told.unwrap()), json!({"a": "1", "b": "x"}));
        let told = checked(&fields, "custom", &written(json!({"e": 1}))).unwrap_err();
        let keys: Vec<&str> = told.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["e", "a", "d"]);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused(text in ".{0,80}", kind in 0_usize..5) {
            let kind = ["text", "lines", "url", "email", "emails"][kind];
            let _ = field(&json!({"type": kind})).check(&json!(text));
        }

        #[test]
        fn an_address_never_breaks_a_header(text in "\\PC{0,20}@\\PC{0,20}") {
            if check_email(&text).is_ok() {
                prop_assert!(!text.contains(['\r', '\n', '<', '>', ',', ' ']));
            }
        }
    }
}
