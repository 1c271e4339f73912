//! How deep a JSON text is nested, found without reading it into memory.

/// A place in a text, both from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where the text first opens more than `limit` levels. Whether the text is JSON at all is not judged here.
pub(super) fn exceeded(text: &[u8], limit: usize) -> Option<Place> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, &byte) in text.iter().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return Some(place(text, at));
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn place(text: &[u8], at: usize) -> Place {
    let before = &text[..at];
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |end| end + 1);
    Place {
        line: before.split(|&byte| byte == b'\n').count(),
        column: 1 + at - line_start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_brackets_outside_of_strings_count() {
        assert_eq!(exceeded(br#"{"a": "[[[\"[[", "b": [1]}"#, 2), None);
        assert_eq!(exceeded(b"[[],[],[]]", 2), None);
        assert_eq!(exceeded(b"[\n [[", 2), Some(Place { line: 2, column: 3 }));
    }
}
