//! Which branches a hook is for.

/// The most characters of a branch's name.
const LONGEST: usize = 255;

/// A pattern that can't be one of branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBranch {
    /// Its length.
    #[error("a branch has 1 to {LONGEST} characters")]
    Length,
    /// What no branch has in its name.
    #[error("a branch has no spaces and no control characters in its name")]
    Character,
    /// Git's own way to name it.
    #[error("a branch is named without refs/heads/")]
    Ref,
}

/// Checks a branch's name, in which `*` stands for anything.
pub fn check_branch(pattern: &str) -> Result<(), InvalidBranch> {
    if !(1..=LONGEST).contains(&pattern.chars().count()) {
        return Err(InvalidBranch::Length);
    }
    if pattern
        .chars()
        .any(|one| one.is_whitespace() || one.is_control())
    {
        return Err(InvalidBranch::Character);
    }
    if pattern.starts_with("refs/") {
        return Err(InvalidBranch::Ref);
    }
    Ok(())
}

/// Whether a branch is one of the pattern's: `*` stands for any characters, also for `/` and for none.
pub fn fits_branch(pattern: &str, branch: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == branch;
    };
    let Some(mut left) = branch.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        // The first place where it fits leaves the most for what comes behind.
        let Some(at) = left.find(part) else {
            return false;
        };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
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
            assert_eq!(fits_branch(pattern, branch), fits, "{pattern} {branch}");
        }
    }

    #[test]
    fn what_no_branch_is_called_is_refused() {
        for (pattern, said) in [
            ("main", Ok(())),
            ("release/*", Ok(())),
            ("", Err(InvalidBranch::Length)),
            (&"b".repeat(256), Err(InvalidBranch::Length)),
            ("a b", Err(InvalidBranch::Character)),
            ("a\0", Err(InvalidBranch::Character)),
            ("refs/heads/main", Err(InvalidBranch::Ref)),
        ] {
            assert_eq!(check_branch(pattern), said, "{pattern}");
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
            prop_assert_eq!(fits_branch(&pattern, &branch), slowly(&chars(&pattern), &chars(&branch)));
        }
    }
}
