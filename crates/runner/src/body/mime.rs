//! The content type that a file's name tells: npm's mime-types, because newman asks it.

/// A line for each type, with the endings of its files. Generated from mime-types by a test (`MIME_TYPES=write`).
const TYPES: &str = include_str!("mime.txt");

/// The content type of a file of this name, where it tells one.
pub(super) fn of(name: &str) -> Option<&'static str> {
    let name = name.rsplit(['/', '\\']).next()?;
    // As mime-types sees it, `.json` alone is an ending too.
    let ending = name.rsplit('.').next()?.to_ascii_lowercase();
    TYPES.lines().find_map(|line| {
        let mut words = line.split(' ');
        let kind = words.next()?;
        words.any(|word| word == ending).then_some(kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_ending_tells_its_type() {
        assert_eq!(of("a/b.JSON"), Some("application/json"));
        assert_eq!(of("b.tar.gz"), Some("application/gzip"));
        assert_eq!(of("png"), Some("image/png"));
        assert_eq!(of("a.png/b"), None);
        assert_eq!(of("x.nothing-known"), None);
    }
}
