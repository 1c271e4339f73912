//! Numbers as JavaScript puts them into a text.

use serde_json::Number;

/// The text of a number: `1.0` is `1`, `1e3` is `1000`, `0.0000001` is `1e-7`. Whole numbers keep their digits, however many.
pub(crate) fn number_text(number: &Number) -> String {
    let written = number.to_string();
    if written == "-0" {
        return "0".to_owned();
    }
    if written
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
    {
        return written;
    }
    written.parse().map_or(written, float_text)
}

fn float_text(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    // Rust's shortest digits are JavaScript's; only where the point stands and when there is an exponent differ.
    let scientific = format!("{:e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let count = i32::try_from(digits.len()).unwrap_or(1);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let text = match exponent {
        _ if !(-6..21).contains(&exponent) => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            let sign = if exponent < 0 { "" } else { "+" };
            format!("{first}{point}{rest}e{sign}{exponent}")
        }
        ..0 => format!("0.{}{digits}", zeros(-exponent - 1)),
        _ if exponent + 1 >= count => format!("{digits}{}", zeros(exponent + 1 - count)),
        _ => {
            let (whole, fraction) = digits.split_at(usize::try_from(exponent + 1).unwrap_or(0));
            format!("{whole}.{fraction}")
        }
    };
    if value < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (written, expected) in [
            ("1", "1"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1.0", "1"),
            ("1.50", "1.5"),
            ("1e3", "1000"),
            ("-1.5e2", "-150"),
            ("0.000001", "0.000001"),
            ("0.0000001", "1e-7"),
            ("1.25e-8", "1.25e-8"),
            ("123456789.125", "123456789.125"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("1.5e300", "1.5e+300"),
            ("1e999", "Infinity"),
            ("12345678901234567890", "12345678901234567890"),
            ("0.1234567890123456789", "0.12345678901234568"),
        ] {
            let number: Number = serde_json::from_str(written).unwrap();
            assert_eq!(number_text(&number), expected);
        }
    }
}
