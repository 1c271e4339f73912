//! Short lists of words for dynamic variables.

macro_rules! lists {
    ($($name:ident: $($word:literal)+;)+) => { $(pub(super) const $name: &[&str] = &[$($word),+];)+ };
}

lists! {
    WEEKDAYS: "Monday" "Tuesday" "Wednesday" "Thursday" "Friday" "Saturday" "Sunday";
    MONTHS: "January" "February" "March" "April" "May" "June" "July" "August" "September" "October" "November" "December";
    LOCALES: "de" "en" "es" "fr" "it" "ja" "ko" "nl" "pl" "pt" "sv" "zh";
    SUFFIXES: "com" "net" "org" "info" "biz" "name";
    EXTENSIONS: "pdf" "png" "txt" "json" "html" "mp4" "jpg" "zip";
    FILE_TYPES: "text" "image" "audio" "video" "application";
    MIME_TYPES: "application/json" "application/pdf" "image/png" "text/html" "text/plain" "video/mp4";
    FIRST_NAMES: "Ada" "Amara" "Bruno" "Chiara" "Dmitri" "Elif" "Femi" "Greta" "Hana" "Ivan" "Jun" "Kofi" "Lena" "Mia" "Noor" "Omar";
    LAST_NAMES: "Abara" "Bauer" "Castro" "Dubois" "Eriksen" "Fischer" "Garcia" "Haddad" "Ito" "Jansen" "Kim" "Lopez" "Meyer" "Novak";
    PREFIXES: "Mr." "Mrs." "Ms." "Miss" "Dr.";
    NAME_SUFFIXES: "Jr." "Sr." "I" "II" "III" "MD" "PhD";
    AREAS: "Accounts" "Brand" "Data" "Identity" "Markets" "Operations" "Quality" "Security" "Web";
    DESCRIPTORS: "Central" "Chief" "Dynamic" "Forward" "Global" "Lead" "Principal" "Senior";
    JOBS: "Administrator" "Analyst" "Architect" "Designer" "Engineer" "Manager" "Planner" "Supervisor";
    CITIES: "Accra" "Berlin" "Bogota" "Cairo" "Delhi" "Kyoto" "Lagos" "Lima" "Lyon" "Oslo" "Perth" "Porto" "Quito" "Turin";
    DEPARTMENTS: "Books" "Clothing" "Electronics" "Games" "Garden" "Grocery" "Music" "Shoes" "Sports" "Tools" "Toys";
    ADJECTIVES: "Awesome" "Ergonomic" "Fantastic" "Generic" "Gorgeous" "Handmade" "Intelligent" "Practical" "Refined" "Rustic" "Small";
    MATERIALS: "Concrete" "Cotton" "Fresh" "Frozen" "Granite" "Metal" "Plastic" "Rubber" "Soft" "Steel" "Wooden";
    NOUNS: "Ball" "Bacon" "Bike" "Car" "Chair" "Cheese" "Chips" "Fish" "Gloves" "Hat" "Keyboard" "Mouse" "Pants" "Salad" "Shirt" "Soap" "Table" "Towels";
    COLORS: "azure" "black" "blue" "cyan" "gold" "green" "indigo" "lime" "magenta" "olive" "orange" "pink" "red" "teal" "violet" "white" "yellow";
    LOREM: "amet" "aut" "consequatur" "dolor" "ea" "est" "et" "facere" "illum" "ipsum" "lorem" "magni" "nihil" "quia" "sed" "sit" "ut" "velit" "voluptas";
    VERBS: "bypass" "calculate" "compress" "connect" "copy" "generate" "index" "navigate" "override" "parse" "quantify" "synthesize" "transmit";
    ING_VERBS: "bypassing" "calculating" "compressing" "connecting" "copying" "generating" "indexing" "navigating" "parsing";
    ABBREVIATIONS: "AGP" "AI" "API" "CSS" "FTP" "HTTP" "JSON" "PCI" "RAM" "SDD" "SQL" "SSL" "TCP" "USB" "XML";
}

/// Names and codes of countries.
pub(super) const COUNTRIES: &[(&str, &str)] = &[
    ("Argentina", "AR"),
    ("Australia", "AU"),
    ("Brazil", "BR"),
    ("Canada", "CA"),
    ("Egypt", "EG"),
    ("France", "FR"),
    ("Germany", "DE"),
    ("Ghana", "GH"),
    ("India", "IN"),
    ("Italy", "IT"),
    ("Japan", "JP"),
    ("Kenya", "KE"),
    ("Mexico", "MX"),
    ("Norway", "NO"),
    ("Portugal", "PT"),
    ("Sweden", "SE"),
];

/// Codes, names and symbols of currencies.
pub(super) const CURRENCIES: &[(&str, &str, &str)] = &[
    ("BRL", "Brazilian Real", "R$"),
    ("CHF", "Swiss Franc", "CHF"),
    ("EUR", "Euro", "€"),
    ("GBP", "Pound Sterling", "£"),
    ("INR", "Indian Rupee", "₹"),
    ("JPY", "Yen", "¥"),
    ("USD", "US Dollar", "$"),
];
