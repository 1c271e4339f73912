//! Where a reference leads, as postman-url-encoder sees it: nothing is normalised.

use super::Address;

/// The absolute address, as text.
pub(super) fn against(base: &Address, reference: &str) -> String {
    let mut letters = reference.chars();
    match (letters.next(), letters.next()) {
        (None, _) => base.href.split('#').next().unwrap_or_default().to_owned(),
        (Some('/'), Some('/')) | (Some('\\'), Some('\\')) => {
            format!("{}:{reference}", base.protocol)
        }
        (Some('/' | '\\'), _) => format!("{}{reference}", origin(base)),
        (Some('#'), _) => format!("{}{}{reference}", origin(base), base.target()),
        (Some('?'), _) => format!("{}{}{reference}", origin(base), base.path),
        _ if has_protocol(reference) => reference.to_owned(),
        _ => {
            let folder = base.path.rfind('/').map_or(0, |at| at + 1);
            format!("{}{}{reference}", origin(base), &base.path[..folder])
        }
    }
}

fn origin(base: &Address) -> String {
    let auth = base
        .auth
        .as_deref()
        .map(|auth| format!("{auth}@"))
        .unwrap_or_default();
    format!("{}://{auth}{}", base.protocol, base.host())
}

fn has_protocol(reference: &str) -> bool {
    let end = reference
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || ".+-".contains(letter)))
        .unwrap_or(0);
    let rest = &reference[end..];
    let after = rest
        .strip_prefix("://")
        .or_else(|| rest.strip_prefix(":\\\\"));
    end > 0 && after.is_some_and(|after| after.chars().next().is_some_and(|next| next != '\n'))
}
