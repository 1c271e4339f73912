//! Dynamic variables: `{{$guid}}`, `{{$timestamp}}`, `{{$randomFirstName}}` and their like.
//!
//! The names are Postman's. What each yields has the shape that Postman's documentation shows; the words are our own short lists in
//! `words.rs`.

mod words;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use rand::{Rng, RngExt};

use words as w;

/// The names of pictures of something.
const IMAGES: [&str; 12] = [
    "randomAbstractImage",
    "randomAnimalsImage",
    "randomBusinessImage",
    "randomCatsImage",
    "randomCityImage",
    "randomFoodImage",
    "randomNightlifeImage",
    "randomFashionImage",
    "randomPeopleImage",
    "randomNatureImage",
    "randomSportsImage",
    "randomTransportImage",
];

/// The value of a dynamic variable, by its name without the `$`; `None` for a name that nobody knows.
pub fn value(name: &str, random: &mut impl Rng, now_ms: i64) -> Option<String> {
    let now = DateTime::from_timestamp_millis(now_ms).unwrap_or(DateTime::<Utc>::MAX_UTC);
    time(name, random, now)
        .or_else(|| number(name, random))
        .or_else(|| internet(name, random))
        .or_else(|| person(name, random))
        .or_else(|| text(name, random))
        .or_else(|| phrase(name, random))
}

fn pick<T: Copy>(list: &[T], random: &mut impl Rng) -> T {
    list[random.random_range(0..list.len())]
}

fn hex(length: usize, random: &mut impl Rng) -> String {
    (0..length)
        .map(|_| char::from(b"0123456789abcdef"[random.random_range(0..16)]))
        .collect()
}

fn digits(length: usize, random: &mut impl Rng) -> String {
    (0..length)
        .map(|_| char::from(b'0' + random.random_range(0..10_u8)))
        .collect()
}

fn pick_letters(length: usize, random: &mut impl Rng) -> String {
    (0..length)
        .map(|_| char::from(b'A' + random.random_range(0..26_u8)))
        .collect()
}

fn uuid(random: &mut impl Rng) -> String {
    uuid::Builder::from_random_bytes(random.random())
        .into_uuid()
        .to_string()
}

fn time(name: &str, random: &mut impl Rng, now: DateTime<Utc>) -> Option<String> {
    let js = |at: DateTime<Utc>| {
        at.format("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
            .to_string()
    };
    Some(match name {
        "timestamp" => now.timestamp().to_string(),
        "isoTimestamp" => now.to_rfc3339_opts(SecondsFormat::Millis, true),
        "randomDateFuture" => js(now + Duration::minutes(random.random_range(1..525_600))),
        "randomDatePast" => js(now - Duration::minutes(random.random_range(1..525_600))),
        "randomDateRecent" => js(now - Duration::seconds(random.random_range(1..86_400))),
        "randomWeekday" => pick(w::WEEKDAYS, random).to_owned(),
        "randomMonth" => pick(w::MONTHS, random).to_owned(),
        _ => return None,
    })
}

fn number(name: &str, random: &mut impl Rng) -> Option<String> {
    Some(match name {
        "guid" | "randomUUID" => uuid(random),
        "randomInt" => random.random_range(0..=1000).to_string(),
        "randomBoolean" => random.random::<bool>().to_string(),
        "randomAlphaNumeric" => {
            char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[random.random_range(0..36)])
                .to_string()
        }
        "randomHexColor" => format!("#{}", hex(6, random)),
        "randomPrice" => format!(
            "{}.{:02}",
            random.random_range(0..1000),
            random.random_range(0..100)
        ),
        "randomBankAccount" => digits(8, random),
        "randomCreditCardMask" => digits(4, random),
        "randomBankAccountBic" => format!(
            "{}{}{}",
            pick_letters(6, random),
            random.random_range(1..10_u8),
            pick_letters(1, random)
        ),
        "randomBankAccountIban" => format!("DE{}", digits(20, random)),
        "randomBitcoin" => {
            const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
            let letters = (0..33).map(|_| char::from(pick(BASE58, random)));
            std::iter::once('1').chain(letters).collect()
        }
        "randomLatitude" => format!("{:.4}", random.random_range(-90.0..90.0)),
        "randomLongitude" => format!("{:.4}", random.random_range(-180.0..180.0)),
        "randomPhoneNumber" => format!(
            "{}-{}-{}",
            digits(3, random),
            digits(3, random),
            digits(4, random)
        ),
        "randomPhoneNumberExt" => {
            format!(
                "{}-{}-{}-{}",
                random.random_range(1..99),
                digits(3, random),
                digits(3, random),
                digits(4, random)
            )
        }
        "randomSemver" => {
            let mut part = || random.random_range(0..10);
            format!("{}.{}.{}", part(), part(), part())
        }
        _ => return None,
    })
}

fn internet(name: &str, random: &mut impl Rng) -> Option<String> {
    let word = |random: &mut _| pick(w::NOUNS, random).to_lowercase();
    Some(match name {
        "randomIP" => {
            let mut part = || random.random_range(1..255);
            format!("{}.{}.{}.{}", part(), part(), part(), part())
        }
        "randomIPV6" => (0..8).map(|_| hex(4, random)).collect::<Vec<_>>().join(":"),
        "randomMACAddress" => (0..6).map(|_| hex(2, random)).collect::<Vec<_>>().join(":"),
        "randomPassword" => hex(15, random),
        "randomLocale" => pick(w::LOCALES, random).to_owned(),
        "randomUserAgent" => "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".to_owned(),
        "randomProtocol" => pick(&["http", "https"], random).to_owned(),
        "randomDomainWord" => word(random),
        "randomDomainSuffix" => pick(w::SUFFIXES, random).to_owned(),
        "randomDomainName" => format!("{}.{}", word(random), pick(w::SUFFIXES, random)),
        "randomUrl" => format!("https://{}.{}", word(random), pick(w::SUFFIXES, random)),
        "randomEmail" => {
            format!("{}{}@example.com", pick(w::FIRST_NAMES, random), random.random_range(0..100))
        }
        "randomExampleEmail" => {
            format!("{}_{}@example.net", pick(w::FIRST_NAMES, random), pick(w::LAST_NAMES, random))
        }
        "randomUserName" => format!("{}.{}", pick(w::FIRST_NAMES, random), pick(w::LAST_NAMES, random)),
        "randomFileExt" | "randomCommonFileExt" => pick(w::EXTENSIONS, random).to_owned(),
        "randomFileName" | "randomCommonFileName" => format!("{}.{}", word(random), pick(w::EXTENSIONS, random)),
        "randomFileType" | "randomCommonFileType" => pick(w::FILE_TYPES, random).to_owned(),
        "randomMimeType" => pick(w::MIME_TYPES, random).to_owned(),
        "randomFilePath" => format!("/usr/share/{}.{}", word(random), pick(w::EXTENSIONS, random)),
        "randomDirectoryPath" => format!("/usr/share/{}", word(random)),
        "randomAvatarImage" => format!("https://example.com/avatars/{}.jpg", word(random)),
        "randomImageUrl" => "https://example.com/640/480".to_owned(),
        _ if IMAGES.contains(&name) => {
            let subject = name.trim_start_matches("random").trim_end_matches("Image");
            format!("https://example.com/640/480/{}", subject.to_lowercase())
        }
        "randomImageDataUri" => {
            "data:image/svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg%22%2F%3E".to_owned()
        }
        _ => return None,
    })
}

fn person(name: &str, random: &mut impl Rng) -> Option<String> {
    Some(match name {
        "randomFirstName" => pick(w::FIRST_NAMES, random).to_owned(),
        "randomLastName" => pick(w::LAST_NAMES, random).to_owned(),
        "randomFullName" => format!(
            "{} {}",
            pick(w::FIRST_NAMES, random),
            pick(w::LAST_NAMES, random)
        ),
        "randomNamePrefix" => pick(w::PREFIXES, random).to_owned(),
        "randomNameSuffix" => pick(w::NAME_SUFFIXES, random).to_owned(),
        "randomJobArea" => pick(w::AREAS, random).to_owned(),
        "randomJobDescriptor" => pick(w::DESCRIPTORS, random).to_owned(),
        "randomJobType" => pick(w::JOBS, random).to_owned(),
        "randomJobTitle" => {
            format!(
                "{} {} {}",
                pick(w::DESCRIPTORS, random),
                pick(w::AREAS, random),
                pick(w::JOBS, random)
            )
        }
        "randomCity" => pick(w::CITIES, random).to_owned(),
        "randomStreetName" => format!("{} Street", pick(w::LAST_NAMES, random)),
        "randomStreetAddress" => {
            format!(
                "{} {} Street",
                random.random_range(1..9999),
                pick(w::LAST_NAMES, random)
            )
        }
        "randomCountry" => pick(w::COUNTRIES, random).0.to_owned(),
        "randomCountryCode" => pick(w::COUNTRIES, random).1.to_owned(),
        "randomCompanyName" => format!("{} and Sons", pick(w::LAST_NAMES, random)),
        "randomCompanySuffix" => pick(&["Inc", "LLC", "Group"], random).to_owned(),
        "randomBankAccountName" | "randomTransactionType" => {
            let list: &[&str] = if name == "randomTransactionType" {
                &["invoice", "payment", "deposit", "withdrawal"]
            } else {
                &[
                    "Savings Account",
                    "Checking Account",
                    "Credit Card Account",
                    "Home Loan Account",
                ]
            };
            pick(list, random).to_owned()
        }
        "randomCurrencyCode" => pick(w::CURRENCIES, random).0.to_owned(),
        "randomCurrencyName" => pick(w::CURRENCIES, random).1.to_owned(),
        "randomCurrencySymbol" => pick(w::CURRENCIES, random).2.to_owned(),
        "randomDepartment" => pick(w::DEPARTMENTS, random).to_owned(),
        "randomProduct" => pick(w::NOUNS, random).to_owned(),
        "randomProductAdjective" => pick(w::ADJECTIVES, random).to_owned(),
        "randomProductMaterial" => pick(w::MATERIALS, random).to_owned(),
        "randomProductName" => {
            format!(
                "{} {} {}",
                pick(w::ADJECTIVES, random),
                pick(w::MATERIALS, random),
                pick(w::NOUNS, random)
            )
        }
        "randomColor" => pick(w::COLORS, random).to_owned(),
        _ => return None,
    })
}

fn text(name: &str, random: &mut impl Rng) -> Option<String> {
    Some(match name {
        "randomLoremWord" => pick(w::LOREM, random).to_owned(),
        "randomLoremWords" => lorem(3, random),
        "randomLoremSentence" => sentence(random),
        "randomLoremSentences" | "randomLoremText" => sentences(3, " ", random),
        "randomLoremParagraph" => sentences(4, " ", random),
        "randomLoremParagraphs" => (0..3)
            .map(|_| sentences(4, " ", random))
            .collect::<Vec<_>>()
            .join("\n \r"),
        "randomLoremLines" => sentences(3, "\n", random),
        "randomLoremSlug" => lorem(3, random).replace(' ', "-"),
        "randomWord" | "randomNoun" => pick(w::NOUNS, random).to_lowercase(),
        "randomWords" => (0..3)
            .map(|_| pick(w::NOUNS, random).to_lowercase())
            .collect::<Vec<_>>()
            .join(" "),
        "randomAdjective" => pick(w::ADJECTIVES, random).to_lowercase(),
        "randomVerb" => pick(w::VERBS, random).to_owned(),
        "randomIngverb" => pick(w::ING_VERBS, random).to_owned(),
        "randomAbbreviation" => pick(w::ABBREVIATIONS, random).to_owned(),
        _ => return None,
    })
}

fn phrase(name: &str, random: &mut impl Rng) -> Option<String> {
    Some(match name {
        "randomPhrase" => format!(
            "{} the {} to {} the {}!",
            capital(pick(w::VERBS, random)),
            pick(w::ABBREVIATIONS, random),
            pick(w::VERBS, random),
            pick(w::NOUNS, random).to_lowercase()
        ),
        "randomCatchPhrase" | "randomBs" => format!(
            "{} {} {}",
            pick(w::VERBS, random),
            pick(w::ADJECTIVES, random),
            pick(w::NOUNS, random)
        )
        .to_lowercase(),
        "randomCatchPhraseAdjective" | "randomBsAdjective" => {
            pick(w::ADJECTIVES, random).to_owned()
        }
        "randomCatchPhraseDescriptor" => pick(w::DESCRIPTORS, random).to_owned(),
        "randomCatchPhraseNoun" => pick(w::NOUNS, random).to_owned(),
        "randomBsNoun" => pick(w::NOUNS, random).to_lowercase(),
        "randomBsBuzz" => pick(w::VERBS, random).to_owned(),
        "randomDatabaseColumn" => pick(
            &[
                "id",
                "title",
                "name",
                "email",
                "createdAt",
                "updatedAt",
                "status",
            ],
            random,
        )
        .to_owned(),
        "randomDatabaseType" => pick(
            &[
                "int", "varchar", "text", "date", "datetime", "float", "boolean",
            ],
            random,
        )
        .to_owned(),
        "randomDatabaseCollation" => pick(
            &[
                "utf8_unicode_ci",
                "utf8_general_ci",
                "utf8_bin",
                "ascii_bin",
            ],
            random,
        )
        .to_owned(),
        "randomDatabaseEngine" => pick(&["InnoDB", "MyISAM", "MEMORY", "CSV"], random).to_owned(),
        _ => return None,
    })
}

fn lorem(count: usize, random: &mut impl Rng) -> String {
    (0..count)
        .map(|_| pick(w::LOREM, random))
        .collect::<Vec<_>>()
        .join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn sentence(random: &mut impl Rng) -> String {
    format!("{}.", capital(&lorem(6, random)))
}

fn sentences(count: usize, between: &str, random: &mut impl Rng) -> String {
    (0..count)
        .map(|_| sentence(random))
        .collect::<Vec<_>>()
        .join(between)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_common_names_yield_their_shapes() {
        let mut random = StdRng::seed_from_u64(1);
        let mut get = |name: &str| value(name, &mut random, 1_767_603_600_123).unwrap();
        assert_eq!(get("timestamp"), "1767603600");
        assert_eq!(get("isoTimestamp"), "2026-01-05T09:00:00.123Z");
        assert!(uuid::Uuid::parse_str(&get("guid")).is_ok());
        assert!(uuid::Uuid::parse_str(&get("randomUUID")).is_ok());
        assert!((0..=1000).contains(&get("randomInt").parse::<i32>().unwrap()));
        assert!(get("randomEmail").contains('@'));
        assert!(get("randomUrl").parse::<url::Url>().is_ok());
        assert!(get("randomIP").parse::<std::net::Ipv4Addr>().is_ok());
        assert!(get("randomIPV6").parse::<std::net::Ipv6Addr>().is_ok());
    }

    #[test]
    fn an_unknown_name_yields_nothing() {
        assert_eq!(value("nobodyKnows", &mut StdRng::seed_from_u64(1), 0), None);
    }
}
