//! The demo's own edits of its collection, so that there is something to tell.

use serde_json::{Value, json};

use crate::client::Client;

/// Makes the edit of this number; they come round.
pub(super) async fn edit(caller: &Client, collection: &str, number: usize) -> anyhow::Result<()> {
    let path = format!("/api/collections/{collection}");
    let mut document = caller.get(&path).await?["collection"].take();
    change(&mut document, number);
    caller
        .put(&path, &json!({ "collection": document }))
        .await?;
    Ok(())
}

fn change(document: &mut Value, number: usize) {
    let round = number / EDITS;
    match number % EDITS {
        0 => {
            let all = round.is_multiple_of(2);
            document["item"][1]["item"][0]["name"] =
                if all { "List all books" } else { "List books" }.into();
        }
        1 => {
            let line = format!("pm.test('is JSON (edit {number})', () => pm.response.to.be.json);");
            if let Some(lines) =
                document["item"][1]["item"][0]["event"][0]["script"]["exec"].as_array_mut()
            {
                lines.truncate(3);
                lines.push(line.into());
            }
        }
        2 => {
            if let Some(items) = document["item"].as_array_mut() {
                let name = format!("Count the books {}", round + 1);
                items.retain(|item| {
                    !item["name"]
                        .as_str()
                        .unwrap_or_default()
                        .starts_with("Count")
                });
                items.push(
                    json!({"name": name, "request": {"method": "GET", "url": "{{baseUrl}}/books"}}),
                );
            }
        }
        3 => {
            document["info"]["description"] = format!(
                "The sample API of `postern demo`, edited {} times.",
                number + 1
            )
            .into();
        }
        _ => {
            document["variable"][0]["value"] =
                format!("The Postern Gate, volume {}", round + 2).into();
        }
    }
}

const EDITS: usize = 5;
