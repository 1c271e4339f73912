//! A shell's words: quotes, escapes and continued lines, of POSIX shells and of Windows' cmd.

use super::super::ImportError;

/// The commands of a text, each in its words. Lines that are no `curl` command are left out.
pub(super) fn commands(text: &str) -> Result<Vec<Vec<String>>, ImportError> {
    // Browsers offer "Copy as cURL (cmd)": there a caret escapes, and lines go on behind one.
    let is_cmd = text.contains("^\n") || text.contains("^\r\n") || text.contains("^\"");
    let escape = if is_cmd { '^' } else { '\\' };
    let mut found = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' if !is_cmd => single(&mut letters, word.get_or_insert_default())?,
            '"' => double(&mut letters, word.get_or_insert_default())?,
            '$' if !is_cmd && letters.peek() == Some(&'\'') && word.is_none() => {
                letters.next();
                ansi(&mut letters, word.get_or_insert_default())?;
            }
            it if it == escape => match letters.next() {
                Some('\r') => {
                    letters.next_if_eq(&'\n');
                }
                Some('\n') | None => {}
                Some('"') if is_cmd => double(&mut letters, word.get_or_insert_default())?,
                Some(it) => word.get_or_insert_default().push(it),
            },
            '\n' | ';' | '|' | '&' => {
                // An ampersand in an address that nobody has put in quotes is a slip, not another command.
                let in_address = word.as_ref().is_some_and(|it| it.contains('?'));
                if letter == '&' && in_address && letters.peek() != Some(&'&') {
                    word.get_or_insert_default().push('&');
                    continue;
                }
                words.extend(word.take());
                finish(&mut words, &mut found);
            }
            it if it.is_whitespace() => words.extend(word.take()),
            it => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    finish(&mut words, &mut found);
    Ok(found)
}

fn finish(words: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let mut command = std::mem::take(words);
    if command
        .first()
        .is_some_and(|it| ["$", ">", "#"].contains(&it.as_str()))
    {
        command.remove(0);
    }
    let name = command.first().and_then(|it| it.rsplit('/').next());
    if name.is_some_and(|it| it == "curl" || it == "curl.exe") {
        found.push(command);
    }
}

type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn open() -> ImportError {
    ImportError::broken("a cURL command", "a quotation mark is not closed")
}

fn single(letters: &mut Letters<'_>, word: &mut String) -> Result<(), ImportError> {
    loop {
        match letters.next().ok_or_else(open)? {
            '\'' => return Ok(()),
            letter => word.push(letter),
        }
    }
}

fn double(letters: &mut Letters<'_>, word: &mut String) -> Result<(), ImportError> {
    loop {
        match letters.next().ok_or_else(open)? {
            '"' => return Ok(()),
            '^' if letters.peek() == Some(&'"') => {
                letters.next();
                return Ok(());
            }
            '\\' => match letters.next().ok_or_else(open)? {
                it @ ('"' | '\\' | '$' | '`') => word.push(it),
                '\n' => {}
                it => word.extend(['\\', it]),
            },
            letter => word.push(letter),
        }
    }
}

/// `$'…'` of bash: with C's escapes.
fn ansi(letters: &mut Letters<'_>, word: &mut String) -> Result<(), ImportError> {
    loop {
        match letters.next().ok_or_else(open)? {
            '\'' => return Ok(()),
            '\\' => match letters.next().ok_or_else(open)? {
                'n' => word.push('\n'),
                'r' => word.push('\r'),
                't' => word.push('\t'),
                it @ ('u' | 'x' | 'U') => {
                    let most = match it {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let mut digits = String::new();
                    while digits.len() < most
                        && let Some(digit) = letters.next_if(char::is_ascii_hexdigit)
                    {
                        digits.push(digit);
                    }
                    let code = u32::from_str_radix(&digits, 16).ok();
                    word.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
                }
                it => word.push(it),
            },
            letter => word.push(letter),
        }
    }
}
