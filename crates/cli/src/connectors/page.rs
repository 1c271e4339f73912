//! A connector's page, made from its manifest: `postern connectors show` prints it, and `docs/connectors/` holds it.

use postern_catalogue::{Category, Connector, Field, FieldKind, Sends};
use serde_json::{Map, Value, json};

/// What people call a category.
pub(super) fn title(category: Category) -> &'static str {
    match category {
        Category::Chat => "Chat",
        Category::Alerting => "Alerting",
        Category::Metrics => "Metrics and logs",
        Category::Backup => "Backups",
        Category::Automation => "Automation",
        Category::Email => "E-mail",
    }
}

/// The page, as Markdown.
pub(super) fn page(connector: &Connector) -> String {
    let mut page = format!("# {}\n\n{}\n", connector.name(), connector.summary());
    page.push_str("\n## What it sends\n\n| event | what |\n|---|---|\n");
    for (kind, what) in connector.events() {
        page.push_str(&format!("| `{}` | {} |\n", kind.as_str(), cell(what)));
    }
    page.push_str("\n## Set it up\n\n");
    if let Some(url) = &connector.setup().url {
        page.push_str(&format!("At <{url}>:\n\n"));
    }
    for (index, step) in connector.setup().steps.iter().enumerate() {
        page.push_str(&format!("{}. {step}\n", index + 1));
    }
    for note in &connector.setup().notes {
        page.push_str(&format!("\n{note}\n"));
    }
    page.push_str("\n## The form\n\n| field | what | |\n|---|---|---|\n");
    for field in connector.fields() {
        page.push_str(&format!(
            "| {} (`{}`) | {} | {} |\n",
            cell(&field.label),
            key(connector, field),
            cell(&field.help),
            cell(&remarks(field)),
        ));
    }
    page.push_str(&format!(
        "\n## By the API\n\n```sh\n{}\n```\n",
        call(connector)
    ));
    if !connector.options().is_empty() {
        let options = Value::Object(connector.options().clone());
        page.push_str(&format!(
            "\nIts options, where you name no others: `{options}`.\n"
        ));
    }
    if !connector.answers().is_empty() {
        page.push_str("\n## What its answers mean\n\n| answer | |\n|---|---|\n");
        for answer in connector.answers() {
            let status = answer.status.map(|status| status.to_string());
            let body = answer.body.as_ref().map(|body| format!("`{}`", cell(body)));
            let answered: Vec<String> = [status, body].into_iter().flatten().collect();
            let says = cell(&answer.says);
            page.push_str(&format!("| {} | {says} |\n", answered.join(" ")));
        }
    }
    if !connector.contract().is_empty() {
        page.push_str("\n## Made after\n\n");
        for source in connector.contract() {
            page.push_str(&format!("- <{source}>\n"));
        }
    }
    page
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Where a field stands in `config`.
fn key(connector: &Connector, field: &Field) -> String {
    match connector.sends() {
        Sends::Webhook => field.key.clone(),
        _ => format!("fields.{}", field.key),
    }
}

fn remarks(field: &Field) -> String {
    let mut remarks = Vec::new();
    if !field.is_required() {
        remarks.push(match &field.default {
            Some(Value::String(text)) => format!("default `{text}`"),
            Some(default) => format!("default `{default}`"),
            None => "optional".to_owned(),
        });
    }
    if field.secret {
        remarks.push("secret".to_owned());
    }
    if !field.choices.is_empty() {
        let values = field.choices.iter();
        let values: Vec<String> = values.map(|choice| format!("`{}`", choice.value)).collect();
        remarks.push(values.join(", "));
    }
    match (field.min, field.max) {
        (Some(min), Some(max)) => remarks.push(format!("{min} to {max}")),
        (Some(min), None) => remarks.push(format!("at least {min}")),
        (None, Some(max)) => remarks.push(format!("at most {max}")),
        (None, None) => {}
    }
    if !field.events.is_empty() {
        remarks.push(format!("for {}", field.events.join(", ")));
    }
    remarks.join("; ")
}

/// A call that makes an integration of it.
fn call(connector: &Connector) -> String {
    let event = connector
        .events()
        .first()
        .map_or("custom", |(kind, _)| kind.as_str());
    let fields: Map<String, Value> = connector
        .fields()
        .iter()
        .filter(|field| field.is_required() && field.is_for(event))
        .map(|field| (field.key.clone(), example(field)))
        .collect();
    let config = match connector.sends() {
        Sends::Webhook => Value::Object(fields),
        _ => json!({"fields": fields}),
    };
    let body = json!({"integration": {
        "name": connector.name(), "connector": connector.id(), "event": event, "config": config,
    }});
    let body = body.to_string().replace('\'', "'\\''");
    format!(
        "curl -X POST \"$POSTERN_URL/api/integrations\" -H \"X-Api-Key: $POSTERN_API_KEY\" \\\n  -H 'Content-Type: application/json' -d '{body}'"
    )
}

fn example(field: &Field) -> Value {
    match field.kind {
        FieldKind::Number => json!(field.min.unwrap_or(1)),
        FieldKind::Boolean => json!(true),
        FieldKind::Choice => json!(field.choices.first().map(|choice| &choice.value)),
        _ => json!(field.placeholder.as_deref().unwrap_or("…")),
    }
}

/// The list of all pages.
#[cfg(test)]
fn contents() -> String {
    let mut page = String::from(
        "# Connectors\n\nWhat integrations can be made with. Made from the manifests in `connectors/`; `postern connectors show <id>` prints the same pages.\n",
    );
    for category in Category::ALL {
        page.push_str(&format!("\n## {}\n\n", title(category)));
        let some = postern_catalogue::all().iter();
        for connector in some.filter(|connector| connector.category() == category) {
            let (id, name) = (connector.id(), connector.name());
            page.push_str(&format!("- [{name}]({id}.md): {}\n", connector.summary()));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_pages_in_docs_are_current() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/connectors");
        let bless = std::env::var_os("POSTERN_BLESS").is_some();
        let mut pages: Vec<(String, String)> = postern_catalogue::all()
            .iter()
            .map(|connector| (format!("{}.md", connector.id()), page(connector)))
            .collect();
        pages.push(("README.md".to_owned(), contents()));
        if bless {
            drop(fs::remove_dir_all(&folder));
            fs::create_dir_all(&folder).unwrap();
        }
        for (name, page) in &pages {
            let file = folder.join(name);
            if bless {
                fs::write(&file, page).unwrap();
            }
            let there = fs::read_to_string(&file).unwrap_or_default();
            assert!(
                there == *page,
                "docs/connectors/{name} is not current: POSTERN_BLESS=1 writes it"
            );
        }
        let there = fs::read_dir(&folder).unwrap().count();
        assert_eq!(there, pages.len(), "docs/connectors has a page of nobody's");
    }
}
