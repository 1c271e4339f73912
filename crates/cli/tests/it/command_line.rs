//! What people see: help with examples, versions, completions, configuration and its mistakes.

use std::fs;

use serde_json::json;

use crate::server::{KEY, Place, said, workspace};

/// Every command that there is, as one types it.
fn commands(place: &Place, above: &[&str]) -> Vec<Vec<String>> {
    let help = help(place, above);
    let mut found = vec![above.iter().map(|word| (*word).to_owned()).collect()];
    let Some((_, list)) = help.split_once("Commands:\n") else {
        return found;
    };
    for line in list.lines().take_while(|line| !line.is_empty()) {
        let Some(name) = line.split_whitespace().next() else {
            continue;
        };
        // Longer descriptions go on in lines that are indented further.
        if line.starts_with("  ") && !line.starts_with("   ") && name != "help" {
            found.extend(commands(place, &[above, &[name]].concat()));
        }
    }
    found
}

fn help(place: &Place, command: &[&str]) -> String {
    let output = place.run(&[command, &["--help"]].concat());
    assert_eq!(output.status.code(), Some(0), "{command:?}");
    said(&output.stdout)
}

#[test]
fn every_command_has_help_with_examples() {
    let place = Place::new();
    let all = commands(&place, &[]);
    let names: Vec<String> = all.iter().map(|words| words.join(" ")).collect();
    for expected in [
        "serve",
        "config",
        "migrate",
        "keys create",
        "completions",
        "run",
        "demo",
    ] {
        assert!(
            names.iter().any(|name| name == expected),
            "{expected} in {names:?}"
        );
    }
    for command in &all {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = help(&place, &words);
        let has_examples = help.contains("Examples:") && help.contains("  postern ");
        assert!(has_examples, "{words:?}:\n{help}");
    }
}

#[test]
fn the_version_is_the_programs() {
    let output = Place::new().run(&["--version"]);
    assert_eq!(
        said(&output.stdout).trim(),
        concat!("postern ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn completions_are_made_for_each_shell() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = place.run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = said(&output.stdout);
        assert!(script.contains("postern"), "{shell}");
        assert!(script.contains("data-dir"), "{shell}");
    }
}

#[tokio::test]
async fn an_admin_sees_what_config_prints() {
    let place = Place::new().with("POSTERN_SECRET_KEY", "ab".repeat(32));
    fs::write(
        place.path().join("postern.toml"),
        "[retention]\ndeliveries_days = 9\n",
    )
    .unwrap();
    let server = place.serve();
    let told = server.get("/api/settings").await;
    let all = told["settings"].as_array().unwrap();
    let table = said(&place.run(&["config"]).stdout);
    let names: Vec<&str> = all.iter().map(|it| it["name"].as_str().unwrap()).collect();
    let printed: Vec<&str> = table
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(names, printed);
    let setting = |name: &str| all.iter().find(|it| it["name"] == name).unwrap();
    assert_eq!(
        setting("retention.deliveries_days"),
        &json!({"name": "retention.deliveries_days", "value": "9", "from": "file", "environment": "POSTERN_RETENTION_DELIVERIES_DAYS"})
    );
    assert_eq!(
        setting("storage.secret_key"),
        &json!({"name": "storage.secret_key", "value": "••••••••", "from": "environment", "environment": "POSTERN_SECRET_KEY"})
    );
    assert_eq!(setting("oidc.issuer")["value"], "");
    assert_eq!(setting("storage.migrate")["from"], "default");
    let told = told.to_string();
    assert!(!told.contains(KEY) && !told.contains("abab"), "{told}");
    server.stop();
}

#[test]
fn config_tells_what_holds_and_where_it_comes_from() {
    let place = Place::new();
    fs::write(
        place.path().join("postern.toml"),
        "[server]\ngrace_seconds = 5\n",
    )
    .unwrap();
    let output = place.run(&["config", "--data-dir", "elsewhere"]);
    assert_eq!(output.status.code(), Some(0));
    let table = said(&output.stdout);
    let line = |key: &str| {
        let line = table.lines().find(|line| line.starts_with(key));
        line.unwrap_or_else(|| panic!("{key} in {table}"))
            .split_whitespace()
            .skip(1)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        line("server.listen"),
        "127.0.0.1:0 environment POSTERN_LISTEN"
    );
    assert_eq!(line("server.grace_seconds"), "5 file postern.toml");
    assert_eq!(line("storage.data_dir"), "elsewhere flag --data-dir");
    assert_eq!(line("storage.migrate"), "true default");
    assert_eq!(
        line("server.bootstrap_api_key"),
        "•••••••• environment POSTERN_BOOTSTRAP_API_KEY"
    );
    assert!(!table.contains(KEY) && !table.contains('\u{1b}'), "{table}");
    assert!(!place.path().join("elsewhere").exists(), "it only tells");
}

#[test]
fn what_is_asked_wrongly_ends_with_2_and_says_what_is_wrong() {
    let place = Place::new();
    let unknown = place.run(&["serf"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown.stderr).contains("serve"), "a suggestion");

    fs::write(place.path().join("wrong.toml"), "[server]\nlisen = \"x\"\n").unwrap();
    for arguments in [
        &["serve", "--config", "wrong.toml"][..],
        &["serve", "--config", "nowhere.toml"],
        &["serve", "--listen", "x"],
        &["migrate", "--database-url", "mysql://x"],
    ] {
        let output = place.run(arguments);
        let error = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.starts_with("error: failed to "), "{error}");
    }
    assert!(!place.path().join("postern-data").exists());
}

/// The guide's page on configuration is the default file, with a word before it. `make bless` writes it anew.
#[test]
fn the_guide_shows_the_default_file_as_it_is() {
    let path = workspace().join("docs/guide/configuration.md");
    let file = said(&Place::new().run(&["config", "--default"]).stdout);
    let page = format!("{}```toml\n{file}```\n", include_str!("configuration.md"));
    if std::env::var_os("POSTERN_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        current == page,
        "docs/guide/configuration.md is not current: run `make bless`"
    );
}
