//! The names of files that collections are kept in.

use std::collections::HashSet;

/// What every file of a collection ends with, as Postman's exports do.
const END: &str = ".postman_collection.json";
/// The longest name before the end, in characters: file systems take 255 bytes.
const LONGEST: usize = 50;

/// File names that are all different, also where a file system doesn't tell `A` from `a`.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<String>);

impl Names {
    /// The file name of a collection of this name; of a second one of the same name it has the id's beginning.
    pub(crate) fn of(&mut self, name: &str, id: &str) -> String {
        let plain: String = name
            .trim()
            .chars()
            .take(LONGEST)
            .map(|it| {
                if it.is_alphanumeric() || " ._-()".contains(it) {
                    it
                } else {
                    '_'
                }
            })
            .collect();
        let plain = plain.trim_start_matches('.').trim();
        let plain = if plain.is_empty() {
            "collection"
        } else {
            plain
        };
        for name in [
            plain.to_owned(),
            format!("{plain} {}", &id[..id.len().min(8)]),
            format!("{plain} {id}"),
        ] {
            if self.0.insert(name.to_lowercase()) {
                return format!("{name}{END}");
            }
        }
        format!("{id}{END}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder_and_is_only_one_files() {
        let mut names = Names::default();
        for (name, file) in [
            ("Shop", "Shop.postman_collection.json"),
            ("shop", "shop 0192b3c4.postman_collection.json"),
            ("../../etc/passwd", "_.._etc_passwd.postman_collection.json"),
            ("", "collection.postman_collection.json"),
            ("a\0b\nc", "a_b_c.postman_collection.json"),
            ("Bücher 📚", "Bücher _.postman_collection.json"),
        ] {
            assert_eq!(names.of(name, "0192b3c4-0000-7000-8000-000000000001"), file);
        }
        assert!(names.of(&"n".repeat(300), "x").len() < 100);
    }
}
