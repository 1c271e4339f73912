//! JSON as JavaScript writes it.

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::wire::number_like_first;

/// What `JSON.stringify` says of a value that `JSON.parse` has read.
pub(super) fn as_javascript(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Number(number) => text.push_str(&number_text(number)),
        Value::Array(list) => {
            text.push('[');
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(text, value);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut fields: IndexMap<String, &Value> = fields
                .iter()
                .map(|(key, value)| (key.clone(), value))
                .collect();
            number_like_first(&mut fields);
            text.push('{');
            for (at, (key, value)) in fields.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key).to_string());
                text.push(':');
                write(text, value);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

/// A number has 64 bits and is written with the fewest digits that tell it from others; one that is too large is none.
fn number_text(number: &Number) -> String {
    let Some(value) = number.as_f64().filter(|value| value.is_finite()) else {
        return "null".to_owned();
    };
    // Also where it is negative.
    if value == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{value:e}");
    match scientific.split_once('e') {
        Some((digits, exponent)) => match exponent.parse::<i32>() {
            Ok(-6..=20) => value.to_string(),
            Ok(21..) => format!("{digits}e+{exponent}"),
            _ => scientific,
        },
        None => scientific,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_written_so_again(number: f64, text: String) {
            let value = serde_json::json!({ text.clone(): [number, text] });
            let once = as_javascript(&value);
            let read: Value = serde_json::from_str(&once).unwrap();
            prop_assert_eq!(as_javascript(&read), once);
        }
    }

    /// What Node 20 says of them.
    #[test]
    fn json_is_written_as_javascript_writes_it() {
        for (read, written) in [
            ("[1.0, 1e3, -0, 1E-6, 1e-7]", "[1,1000,0,0.000001,1e-7]"),
            (
                "[1e20, 1e21, 12345678901234567890, 1.5e300]",
                "[100000000000000000000,1e+21,12345678901234567000,1.5e+300]",
            ),
            ("[1e999, 0.1, 5e-324]", "[null,0.1,5e-324]"),
            (
                r#"{"b": 1, "2": 2, "1": 3, "a": null, "b": 4}"#,
                r#"{"1":3,"2":2,"b":4,"a":null}"#,
            ),
            (
                r#"["é\u001f\u007f\/\n", true]"#,
                "[\"é\\u001f\u{7f}/\\n\",true]",
            ),
        ] {
            let value = serde_json::from_str(read).unwrap();
            assert_eq!(as_javascript(&value), written);
        }
    }
}
