//! XML, as far as a test report needs it.

use std::fmt::Write as _;

/// An attribute's text, escaped as newman's writer escapes it: `>` stands as it is.
pub(super) fn attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#x9;"),
            '\n' => escaped.push_str("&#xA;"),
            '\r' => escaped.push_str("&#xD;"),
            letter => escaped.push(legal(letter)),
        }
    }
    escaped
}

/// A section that stands as it is, whatever is in it.
pub(super) fn cdata(text: &str) -> String {
    let text: String = text.chars().map(legal).collect();
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

/// The names of attributes with their values, ready to follow an element's name.
pub(super) fn attributes(pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(String::new(), |mut all, (name, value)| {
        let _ = write!(all, " {name}=\"{}\"", attribute(value));
        all
    })
}

/// What XML can't hold at all is replaced.
fn legal(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => letter,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_end_a_text_is_escaped() {
        assert_eq!(
            attribute("a<b> & \"c\"\n\u{1}"),
            "a&lt;b> &amp; &quot;c&quot;&#xA;\u{fffd}"
        );
        assert_eq!(cdata("x]]>y<"), "<![CDATA[x]]]]><![CDATA[>y<]]>");
    }

    proptest! {
        #[test]
        fn no_text_escapes_from_its_attribute(text in any::<String>()) {
            let escaped = attribute(&text);
            prop_assert!(!escaped.contains(['<', '"', '\n', '\t', '\0']));
        }
    }
}
