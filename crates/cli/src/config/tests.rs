//! How the layers lie, and what is said of values that can't be used.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use super::layers::Environment;
use super::*;

/// Everything from these flags, variables and file.
fn layers(
    flags: &[(&'static str, &str)],
    variables: &[(&str, &str)],
    file: Option<&str>,
) -> Result<Layers, ConfigError> {
    let flags = Flags {
        file: None,
        values: flags
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()))
            .collect(),
    };
    let environment: Environment = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).into()))
        .collect();
    let file = file.map(|text| (Path::new("postern.toml"), text));
    Layers::lay(&flags, &environment, file)
}

fn in_file(text: &str) -> Result<Config, ConfigError> {
    Config::of(&layers(&[], &[], Some(text))?)
}

fn with(name: &str, value: &str) -> Result<Config, ConfigError> {
    Config::of(&layers(&[], &[(name, value)], None)?)
}

/// What is said of a wrong value, with its causes.
fn words(result: Result<Config, ConfigError>) -> String {
    format!("{:#}", anyhow::Error::new(result.unwrap_err()))
}

#[test]
fn the_default_file_names_every_setting_and_is_the_default() {
    let named: BTreeSet<&str> = file::settings_of(Path::new("default.toml"), DEFAULT_FILE)
        .unwrap()
        .into_keys()
        .collect();
    let known: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
    assert_eq!(named, known);

    let config = in_file(DEFAULT_FILE).unwrap();
    let without = Config::of(&layers(&[], &[], None).unwrap()).unwrap();
    assert_eq!(format!("{config:?}"), format!("{without:?}"));
    assert_eq!(config.server.listen, "127.0.0.1:7676".parse().unwrap());
    assert_eq!(config.server.public_url, None);
    assert_eq!(config.server.bootstrap_api_key, None);
    assert_eq!(config.server.grace, Duration::from_secs(30));
    assert_eq!(config.storage.data_dir, Path::new("./postern-data"));
    assert!(matches!(config.storage.place, Place::Sqlite(_)));
    assert!(config.storage.migrate);
    assert_eq!(config.storage.secret_key, None);
    assert!(config.egress.webhooks_allow.is_empty());
    assert!(config.egress.monitors_allow.is_empty());
    assert_eq!(config.monitors, MonitorSettings::default());
    assert_eq!(config.telemetry.log_format, LogFormat::Text);
}

#[test]
fn monitors_need_room_time_and_memory() {
    for (name, value, says) in [
        ("POSTERN_MONITORS_RUNS_AT_ONCE", "0", "1 or more"),
        ("POSTERN_MONITORS_DEADLINE_SECONDS", "0", "1 or more"),
        ("POSTERN_MONITORS_MEMORY_MIB", "64", "256 MiB or more"),
        (
            "POSTERN_MONITORS_READY_PROCESSES",
            "many",
            "a number of processes",
        ),
    ] {
        let words = words(with(name, value));
        assert!(words.contains(name) && words.contains(says), "{words}");
    }
    let few = with("POSTERN_MONITORS_RUNS_AT_ONCE", "1").unwrap();
    assert_eq!(
        few.monitors.ready_processes, 1,
        "no more than can be wanted"
    );
}

#[test]
fn the_default_file_names_what_else_sets_each_setting() {
    for setting in SETTINGS {
        assert!(
            DEFAULT_FILE.contains(setting.variable),
            "{}",
            setting.variable
        );
        if let Some(flag) = setting.flag {
            let expected = format!("# {flag}, {}\n", setting.variable);
            assert!(DEFAULT_FILE.contains(&expected), "{expected}");
        }
    }
}

#[test]
fn a_flag_wins_over_the_environment_that_over_the_file_and_the_file_over_the_default() {
    let file = Some("[server]\nlisten = \"127.0.0.1:1\"\n");
    let variable = [("POSTERN_LISTEN", "127.0.0.1:2")];
    let flag = [("server.listen", "127.0.0.1:3")];
    for (flags, variables, file, port, source) in [
        (&flag[..], &variable[..], file, 3, "flag --listen"),
        (&[], &variable, file, 2, "environment POSTERN_LISTEN"),
        (&[], &[], file, 1, "file postern.toml"),
        (&[], &[], None, 7676, "default"),
    ] {
        let layers = layers(flags, variables, file).unwrap();
        assert_eq!(Config::of(&layers).unwrap().server.listen.port(), port);
        assert_eq!(layers.all()[0].source.to_string(), source);
    }
}

#[test]
fn an_unknown_setting_is_named_with_what_was_probably_meant() {
    for (text, expected) in [
        (
            "[server]\nlisen = 1",
            "there is no setting \"server.lisen\"; did you mean \"server.listen\"?",
        ),
        (
            "[severs]",
            "there is no setting \"severs\"; did you mean \"server\"?",
        ),
        (
            "listen = 1",
            "there is no setting \"listen\"; did you mean \"server.listen\"?",
        ),
        (
            "[egress.webhook]\nallow = []",
            "there is no setting \"egress.webhook\"; did you mean \"egress.webhooks\"?",
        ),
        (
            "[colours]",
            "there is no setting \"colours\"; `postern config --default` shows all there are",
        ),
    ] {
        assert_eq!(
            words(in_file(text)),
            format!("read the configuration postern.toml: {expected}")
        );
    }
}

#[test]
fn a_wrong_value_is_told_with_its_place() {
    for (name, value, expected) in [
        (
            "POSTERN_LISTEN",
            "7676",
            "use server.listen (environment POSTERN_LISTEN): \"7676\" is not an address with a port, such as 127.0.0.1:7676 or [::1]:7676",
        ),
        (
            "POSTERN_PUBLIC_URL",
            "postern.example",
            "use server.public_url (environment POSTERN_PUBLIC_URL): \"postern.example\" is not an address that begins with http:// or https://",
        ),
        (
            "POSTERN_BOOTSTRAP_API_KEY",
            "short",
            "use server.bootstrap_api_key (environment POSTERN_BOOTSTRAP_API_KEY): it needs 32 characters or more",
        ),
        (
            "POSTERN_SECRET_KEY",
            "c2hvcnQ=",
            "use storage.secret_key (environment POSTERN_SECRET_KEY): expected 32 bytes in base64 or hexadecimal",
        ),
        (
            "POSTERN_DATABASE_URL",
            "mysql://x",
            "use storage.database_url (environment POSTERN_DATABASE_URL): expected postgres://user:password@host:port/database",
        ),
        (
            "POSTERN_EGRESS_WEBHOOKS_ALLOW",
            "10.0.0.0/8, 10.0.0/33",
            "use egress.webhooks.allow (environment POSTERN_EGRESS_WEBHOOKS_ALLOW): \"10.0.0/33\" is not an address (10.0.0.5), a network (10.0.0.0/8) or a host name (hooks.intra)",
        ),
        (
            "POSTERN_MIGRATE",
            "perhaps",
            "use storage.migrate (environment POSTERN_MIGRATE): \"perhaps\" is not true or false",
        ),
        (
            "POSTERN_DATA_DIR",
            "",
            "use storage.data_dir (environment POSTERN_DATA_DIR): it is empty; expected a folder",
        ),
        (
            "POSTERN_GRACE_SECONDS",
            "-1",
            "use server.grace_seconds (environment POSTERN_GRACE_SECONDS): \"-1\" is not a number of seconds",
        ),
        (
            "POSTERN_LOG",
            "info,=x=",
            "use telemetry.log (environment POSTERN_LOG): \"info,=x=\" is not a level (error, warn, info, debug, trace) or a filter such as info,postern_worker=debug",
        ),
        (
            "POSTERN_LOG_FORMAT",
            "xml",
            "use telemetry.log_format (environment POSTERN_LOG_FORMAT): \"xml\" is not text or json",
        ),
    ] {
        assert_eq!(words(with(name, value)), expected);
    }
    let of_kind = words(in_file("[server]\nlisten = 1.5"));
    assert_eq!(
        of_kind,
        "read the configuration postern.toml: server.listen can't be a number of this kind"
    );
    let no_toml = words(in_file("[server]\nlisten =\n"));
    assert!(
        no_toml.starts_with("read the configuration postern.toml: line 2: "),
        "{no_toml}"
    );
}

#[test]
fn rules_come_as_a_list_or_between_commas() {
    let listed = in_file("[egress.webhooks]\nallow = [\"10.0.0.0/8\", \"hooks.intra\"]").unwrap();
    let joined = with("POSTERN_EGRESS_WEBHOOKS_ALLOW", "10.0.0.0/8, hooks.intra,").unwrap();
    assert_eq!(listed.egress, joined.egress);
    assert_eq!(listed.egress.webhooks_allow.len(), 2);
    assert!(listed.egress.monitors_allow.is_empty());
}

#[test]
fn name_servers_come_with_a_port_or_without() {
    let given = with(
        "POSTERN_EGRESS_NAME_SERVERS",
        "10.0.0.53, fd00::1, [fd00::1]:5353",
    )
    .unwrap();
    let expected =
        ["10.0.0.53:53", "[fd00::1]:53", "[fd00::1]:5353"].map(|text| text.parse().unwrap());
    assert_eq!(given.egress.name_servers, expected);
    let wrong = words(with("POSTERN_EGRESS_NAME_SERVERS", "ns.intra"));
    assert!(wrong.contains("\"ns.intra\" is not an address"), "{wrong}");
}

#[test]
fn the_key_is_taken_in_base64_and_in_hexadecimal() {
    let hexadecimal = "00".repeat(31) + "ff";
    let mut expected = [0; 32];
    expected[31] = 255;
    for text in [
        hexadecimal.as_str(),
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP8=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP8",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP8\n",
    ] {
        let config = with("POSTERN_SECRET_KEY", text).unwrap();
        assert_eq!(config.storage.secret_key, Some(expected), "{text:?}");
    }
}

#[test]
fn secrets_are_masked_when_they_are_shown() {
    let secret = "a-secret-of-32-characters-or-more";
    let key = "ff".repeat(32);
    let layers = layers(
        &[(
            "storage.database_url",
            "postgres://me:hunter2@db/postern?password=hunter3",
        )],
        &[
            ("POSTERN_BOOTSTRAP_API_KEY", secret),
            ("POSTERN_SECRET_KEY", &key),
        ],
        None,
    )
    .unwrap();
    let shown: Vec<String> = layers
        .all()
        .iter()
        .map(|found| found.setting.show(&found.text))
        .collect();
    let shown = shown.join("\n");
    for hidden in [secret, key.as_str(), "hunter"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert!(
        shown.contains("postgres://me:••••••••@db/postern"),
        "{shown}"
    );
    let debug = format!("{:?}", Config::of(&layers).unwrap());
    for hidden in [secret, "255", "hunter"] {
        assert!(!debug.contains(hidden), "{debug}");
    }
}
