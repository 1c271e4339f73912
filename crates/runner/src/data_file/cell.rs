//! What an unquoted cell of a CSV file is: a number where it looks like one, else its text.

use postern_collection::is_blank;
use serde_json::{Number, Value};

/// Up to here each whole number is itself in JavaScript.
const SAFE_DIGITS: usize = 15;

/// The value of an unquoted cell.
pub(super) fn value_of(text: &str) -> Value {
    number(text.trim_matches(is_blank)).map_or_else(|| text.into(), Value::Number)
}

/// The number that a text is in JavaScript. Whole numbers keep their digits, however many: they are mostly ids.
fn number(text: &str) -> Option<Number> {
    if !is_decimal(text) {
        return None;
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = unsigned.trim_start_matches('0');
        if digits.len() > SAFE_DIGITS {
            let sign = if text.starts_with('-') { "-" } else { "" };
            return format!("{sign}{digits}").parse().ok();
        }
    }
    let value: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Some((value as i64).into());
    }
    Number::from_f64(value)
}

/// Whether it is a number as JavaScript writes decimals: `1`, `-1.5`, `.5`, `5.`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && has_exponent
}
