//! Comments in JSON, which Postman lets people write and doesn't send.

/// The text without its `//` and `/* */` comments. A comment that doesn't end takes the rest along.
pub(super) fn strip(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_string = false;
    let mut rest = text;
    let mut backslashes = 0;
    while let Some(letter) = rest.chars().next() {
        // A quote behind an odd number of backslashes ends nothing, wherever it stands.
        if letter == '"' && backslashes % 2 == 0 {
            in_string = !in_string;
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
        if !in_string && rest.starts_with("//") {
            // The line break stays.
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        }
        if !in_string && let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            backslashes = 0;
            continue;
        }
        kept.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        for (text, stripped) in [
            ("{\"a\": 1 // one\n}", "{\"a\": 1 \n}"),
            ("{\"a\": 1 // one\r\n}", "{\"a\": 1 \n}"),
            (
                "{/* x\n */\"a\": \"// no /* no */\"}",
                "{\"a\": \"// no /* no */\"}",
            ),
            ("{\"a\": \"\\\"//\"} // end", "{\"a\": \"\\\"//\"} "),
            ("[1, /* no end", "[1, "),
            ("no comment", "no comment"),
        ] {
            assert_eq!(strip(text), stripped);
        }
    }
}
