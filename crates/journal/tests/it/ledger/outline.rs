//! A document in a line.

use serde_json::Value;

/// A document in a line: its name, and the names of what is in it.
pub(super) fn outline(document: &Value) -> String {
    let name = document["info"]["name"].as_str().unwrap();
    format!("{name}({})", items(document))
}

fn items(node: &Value) -> String {
    let items: Vec<String> = children(node)
        .map(|child| match items(child).as_str() {
            "" => name_of(child),
            inner => format!("{}({inner})", name_of(child)),
        })
        .collect();
    items.join(", ")
}

pub(super) fn children(node: &Value) -> impl Iterator<Item = &Value> {
    ["item", "response"]
        .into_iter()
        .filter_map(|key| node[key].as_array())
        .flatten()
}

pub(super) fn name_of(node: &Value) -> String {
    node["name"].as_str().unwrap_or_default().to_owned()
}
