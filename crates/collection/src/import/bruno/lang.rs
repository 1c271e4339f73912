//! The language of `.bru` files: blocks of lines, each closed by a brace at the beginning of a line.

use super::super::ImportError;

/// The blocks of a file, in order.
pub(super) struct Blocks(Vec<(String, String)>);

/// A line `key: value` of a block.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: String,
    /// Not one that begins with `~`.
    pub(super) enabled: bool,
}

impl Blocks {
    /// Reads a file.
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let mut blocks = Vec::new();
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            let head = line.trim();
            if head.is_empty() {
                continue;
            }
            let (name, close) = match (head.strip_suffix('{'), head.strip_suffix('[')) {
                (Some(name), _) => (name, '}'),
                (None, Some(name)) => (name, ']'),
                (None, None) => {
                    // An empty block may be closed where it was opened.
                    if let Some(name) = head.strip_suffix("{}").or_else(|| head.strip_suffix("[]"))
                    {
                        blocks.push((name.trim().to_owned(), String::new()));
                        continue;
                    }
                    let problem = format!("line {} is in no block", number + 1);
                    return Err(ImportError::broken("a file of Bruno's", problem));
                }
            };
            let mut inside = Vec::new();
            let mut closed = false;
            for (_, line) in lines.by_ref() {
                if line.trim_end().len() == 1 && line.starts_with(close) {
                    closed = true;
                    break;
                }
                inside.push(line.strip_prefix("  ").unwrap_or(line));
            }
            if !closed {
                let problem = format!("the block of line {} is not closed", number + 1);
                return Err(ImportError::broken("a file of Bruno's", problem));
            }
            blocks.push((name.trim().to_owned(), inside.join("\n")));
        }
        Ok(Self(blocks))
    }

    /// All blocks.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text of a block; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let mut all = self.all();
        all.find(|(it, _)| *it == name).map_or("", |(_, text)| text)
    }

    /// The entries of a block.
    pub(super) fn entries(&self, name: &str) -> Vec<Entry> {
        entries(self.text(name))
    }

    /// The value of one entry of a block; empty where there is none.
    pub(super) fn value(&self, block: &str, key: &str) -> String {
        let entries = self.entries(block).into_iter();
        let mut values = entries.filter(|it| it.key == key).map(|it| it.value);
        values.next().unwrap_or_default()
    }
}

fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let (enabled, line) = match line.strip_prefix('~') {
            Some(rest) => (false, rest),
            None => (true, line),
        };
        // A key with a colon of its own stands in quotes.
        let parts = match line
            .strip_prefix('"')
            .and_then(|rest| rest.split_once("\":"))
        {
            Some((key, value)) => Some((key, value)),
            None => line.split_once(':'),
        };
        let (key, value) = parts.unwrap_or((line.trim_end_matches(','), ""));
        if key.trim().is_empty() {
            continue;
        }
        let mut value = value.trim().to_owned();
        if let Some(rest) = value.strip_prefix("'''") {
            let mut all = match rest.strip_suffix("'''") {
                Some(one) => vec![one.to_owned()],
                None => vec![rest.to_owned()],
            };
            if !rest.ends_with("'''") || rest.is_empty() {
                for line in lines.by_ref() {
                    if line.trim_end().ends_with("'''") {
                        let last = line.trim_end().trim_end_matches("'''").trim();
                        all.extend((!last.is_empty()).then(|| last.to_owned()));
                        break;
                    }
                    all.push(line.strip_prefix("  ").unwrap_or(line).to_owned());
                }
            }
            all.join("\n").trim_matches('\n').clone_into(&mut value);
        }
        entries.push(Entry {
            key: key.trim().to_owned(),
            value,
            enabled,
        });
    }
    entries
}
