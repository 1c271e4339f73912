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

/// Whether a type fits a pattern; `*` stands for any characters, also none.
pub fn matches_type(pattern: &str, text: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    while let Some((part, after)) = rest.split_once('*') {
        let Some(at) = text.find(part) else {
            return false;
        };
        text = &text[at + part.len()..];
        rest = after;
    }
    text.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_fit_as_their_table_says() {
        for (pattern, text, fits) in [
            ("build.finished", "build.finished", true),
            ("build.*", "build.finished", true),
            ("build.*", "build.", true),
            ("build.*", "deploy.finished", false),
            ("*", "anything", true),
            ("*.finished", "build.finished", true),
            ("*.finished", "build.finished.late", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches_type(pattern, text), fits, "{pattern} {text}");
        }
    }

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

    proptest! {
        #[test]
        fn a_type_fits_itself_and_its_beginning(text in "[a-z.]{1,20}", at in 0_usize..20) {
            prop_assert!(matches_type(&text, &text));
            let head = &text[..at.min(text.len())];
            let pattern = format!("{head}*");
            prop_assert!(matches_type(&pattern, &text));
        }
    }
}
