//! Types of custom events, and the patterns that integrations name.

/// Whether a type is one that may be published: 1 to 128 letters, digits and `. _ - / :`.
pub fn is_event_type(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte))
}

/// Whether a pattern is one that an integration may name: a type, with `*` anywhere in it.
pub fn is_type_pattern(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/:*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pattern_has_stars_and_neither_has_spaces() {
        for (text, event_type, pattern) in [
            ("build.finished", true, true),
            ("build.*", false, true),
            ("build finished", false, false),
            ("", false, false),
            ("größe", false, false),
        ] {
            assert_eq!(
                (is_event_type(text), is_type_pattern(text)),
                (event_type, pattern),
                "{text}"
            );
        }
    }
}
