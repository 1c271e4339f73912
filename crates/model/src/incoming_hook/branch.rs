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

#[cfg(test)]
mod tests {
    use super::*;

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
}
