//! Who asks, and from where.

use postern_collection::Auth;

use super::script_text::escape;

/// An account, as the messages name it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) user: String,
    pub(super) password: String,
    /// In capitals, and escaped as newman does it.
    pub(super) domain: String,
    /// The same.
    pub(super) workstation: String,
}

impl Account {
    pub(super) fn of(auth: &Auth) -> Self {
        let [user, password, domain, workstation] =
            ["username", "password", "domain", "workstation"].map(|key| auth.get(key));
        let (user, domain) = if domain.is_empty() {
            split(&user)
        } else {
            (user, domain)
        };
        Self {
            user,
            password,
            domain: escape(&domain.to_uppercase()),
            workstation: escape(&workstation.to_uppercase()),
        }
    }
}

/// A user and the domain that stands with it: `DOMAIN\user` or `user@domain`, if it is clearly one of them.
fn split(text: &str) -> (String, String) {
    let pair = |mark: char| {
        let (before, after) = text.split_once(mark)?;
        (!before.is_empty() && !after.is_empty() && !after.contains(mark))
            .then(|| (before.to_owned(), after.to_owned()))
    };
    let whole = (text.to_owned(), String::new());
    match (text.contains('\\'), text.contains('@')) {
        (true, false) => pair('\\').map_or(whole, |(domain, user)| (user, domain)),
        (false, true) => pair('@').unwrap_or(whole),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_may_stand_with_the_user() {
        for (text, user, domain) in [
            ("anna", "anna", ""),
            ("HOME\\anna", "anna", "HOME"),
            ("anna@home.test", "anna", "home.test"),
            ("HOME\\anna@home.test", "HOME\\anna@home.test", ""),
            ("\\anna", "\\anna", ""),
            ("anna@", "anna@", ""),
            ("a\\b\\c", "a\\b\\c", ""),
            ("", "", ""),
        ] {
            assert_eq!(split(text), (user.to_owned(), domain.to_owned()), "{text}");
        }
    }
}
