//! Reading `Set-Cookie`, as leniently as RFC 6265 and tough-cookie.

use chrono::{DateTime, TimeZone as _, Utc};
use postern_sandbox::Cookie;

use super::Kept;

/// Reads a header's value; `None` where there is no cookie in it.
pub(super) fn parse(line: &str) -> Option<Kept> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
    let pair = pair.split(['\n', '\r', '\0']).next().unwrap_or_default();
    let pair = pair.strip_prefix('=').unwrap_or(pair);
    // Without a name it is a value alone.
    let (name, value) = match pair.split_once('=') {
        Some((name, value)) if !name.is_empty() => (name.trim(), value.trim()),
        _ => ("", pair.trim()),
    };
    if name.contains(|letter| letter < ' ') || value.contains(|letter| letter < ' ') {
        return None;
    }
    let mut cookie = Kept {
        name: name.to_owned(),
        value: value.to_owned(),
        ..Kept::default()
    };
    for attribute in attributes
        .split(';')
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        take(
            &mut cookie,
            attribute,
            &key.trim().to_lowercase(),
            value.trim(),
        );
    }
    Some(cookie)
}

fn take(cookie: &mut Kept, attribute: &str, key: &str, value: &str) {
    match key {
        "expires" => cookie.expires = date(value).or(cookie.expires),
        "max-age" => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                let most = if value.starts_with('-') {
                    i64::MIN
                } else {
                    i64::MAX
                };
                cookie.max_age = Some(value.parse().unwrap_or(most));
            }
        }
        "domain" => {
            let domain = value.strip_prefix('.').unwrap_or(value);
            if !domain.is_empty() {
                cookie.domain = domain.to_lowercase();
            }
        }
        "path" => {
            let path = if value.starts_with('/') { value } else { "" };
            path.clone_into(&mut cookie.path);
        }
        "secure" => cookie.secure = true,
        "httponly" => cookie.http_only = true,
        "samesite" => {
            let known = ["strict", "lax", "none"]
                .iter()
                .find(|it| value.eq_ignore_ascii_case(it));
            cookie.same_site = known.map(|&known| known.to_owned());
        }
        _ => cookie.extensions.push(attribute.to_owned()),
    }
}

/// A cookie of a script as a header says it.
pub(super) fn line(cookie: &Cookie) -> String {
    let mut line = format!("{}={}", cookie.name, cookie.value);
    let mut say = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line.push_str(&format!("; {name}={value}"));
        }
    };
    say("Domain", Some(&cookie.domain));
    say("Path", Some(&cookie.path));
    say("Expires", cookie.expires.as_deref());
    say(
        "Max-Age",
        cookie.max_age.map(|seconds| seconds.to_string()).as_deref(),
    );
    say("SameSite", cookie.same_site.as_deref());
    for (flag, on) in [
        ("; Secure", cookie.secure),
        ("; HttpOnly", cookie.http_only),
    ] {
        line.push_str(if on { flag } else { "" });
    }
    line
}

/// Milliseconds since 1970 of a date as cookies have it: the first words that look like a time, a day, a month and a year.
pub(super) fn date(text: &str) -> Option<i64> {
    let is_break = |letter: char| {
        letter == '\t' || matches!(letter, ' '..='/' | ';'..='@' | '['..='`' | '{'..='~')
    };
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        if time.is_none()
            && let Some(found) = time_of(word)
        {
            time = Some(found);
        } else if day.is_none()
            && let Some(found) = number(word, 1, 2)
        {
            day = Some(found);
        } else if month.is_none()
            && let Some(found) = month_of(word)
        {
            month = Some(found);
        } else if year.is_none()
            && let Some(found) = number(word, 2, 4)
        {
            year = Some(match found {
                70..=99 => found + 1900,
                0..=69 => found + 2000,
                other => other,
            });
        }
    }
    let (hour, minute, second) = time?;
    let (day, month, year) = (day?, month?, year?);
    if !(1..=31).contains(&day) || year < 1601 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // A day that a month doesn't have runs over into the next.
    let first = Utc.with_ymd_and_hms(i32::try_from(year).ok()?, month, 1, hour, minute, second);
    Some(first.single()?.timestamp_millis() + i64::from(day - 1) * 86_400_000)
}

fn time_of(word: &str) -> Option<(u32, u32, u32)> {
    let mut parts = word.split(':');
    let whole =
        |part: &str| number(part, 1, 2).filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let time = (
        whole(parts.next()?)?,
        whole(parts.next()?)?,
        number(parts.next()?, 1, 2)?,
    );
    parts.next().is_none().then_some(time)
}

fn month_of(word: &str) -> Option<u32> {
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.to_lowercase();
    let at = months.iter().position(|month| word.starts_with(month))?;
    u32::try_from(at + 1).ok()
}

/// The number at the start of a word, where it has so many digits.
fn number(word: &str, least: usize, most: usize) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (least..=most)
        .contains(&digits)
        .then(|| word[..digits].parse().ok())?
}

/// An HTTP date.
pub(super) fn http_date(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string()
}
