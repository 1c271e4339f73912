//! Patterns with stars: of types of events, of branches, of addresses.

/// Whether a text fits a pattern; `*` stands for any characters, also none.
pub fn fits_pattern(pattern: &str, text: &str) -> bool {
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
    fn a_star_stands_for_anything() {
        for (pattern, branch, fits) in [
            ("main", "main", true),
            ("main", "Main", false),
            ("main", "main2", false),
            ("*", "main", true),
            ("release/*", "release/1.2", true),
            ("release/*", "release/1.2/fix", true),
            ("release/*", "release/", true),
            ("release/*", "release", false),
            ("release/*", "pre-release/1", false),
            ("*-stable", "v1-stable", true),
            ("*-stable", "v1-stable-not", false),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("v*.*", "v1.2", true),
            ("v*.*.x", "v1.2", false),
            ("v*.*.x", "v1.2.3.x", true),
            ("**", "é/ü", true),
            ("*é*", "aéb", true),
        ] {
            assert_eq!(fits_pattern(pattern, branch), fits, "{pattern} {branch}");
        }
    }

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
            assert_eq!(fits_pattern(pattern, text), fits, "{pattern} {text}");
        }
    }

    /// The plainest way to say what a star is: try each length.
    fn slowly(pattern: &[char], branch: &[char]) -> bool {
        match pattern {
            [] => branch.is_empty(),
            ['*', rest @ ..] => (0..=branch.len()).any(|at| slowly(rest, &branch[at..])),
            [one, rest @ ..] => branch.first() == Some(one) && slowly(rest, &branch[1..]),
        }
    }

    proptest! {
        #[test]
        fn it_fits_as_trying_each_length_does(pattern in "[ab*/é]{0,7}", branch in "[ab/é]{0,9}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(fits_pattern(&pattern, &branch), slowly(&chars(&pattern), &chars(&branch)));
        }
    }

    proptest! {
        #[test]
        fn a_type_fits_itself_and_its_beginning(text in "[a-z.]{1,20}", at in 0_usize..20) {
            prop_assert!(fits_pattern(&text, &text));
            let head = &text[..at.min(text.len())];
            let pattern = format!("{head}*");
            prop_assert!(fits_pattern(&pattern, &text));
        }
    }
}
