//! What ids are called, and how they and times look in a body.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::Ledger;
use super::outline::{children, name_of};

impl Ledger {
    pub(super) fn meet(&mut self, id: Uuid, kind: &str, name: &str) {
        let name = || format!("[{kind} {name}]");
        self.names.entry(id).or_insert_with(name);
    }

    /// Folders, requests and examples have ids too.
    pub(super) fn meet_items(&mut self, node: &Value) {
        for child in children(node) {
            let id = child["id"].as_str().unwrap();
            self.meet(Uuid::try_parse(id).unwrap(), "item", &name_of(child));
            self.meet_items(child);
        }
    }

    pub(super) fn name(&self, id: Uuid) -> String {
        let name = self.names.get(&id);
        name.cloned().unwrap_or_else(|| "[unknown]".to_owned())
    }

    pub(super) fn redacted(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.redacted_text(text)),
            Value::Array(values) => values.iter().map(|it| self.redacted(it)).collect(),
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, it)| (key.clone(), self.redacted(it)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            other => other.clone(),
        }
    }

    pub(super) fn redacted_text(&self, text: &str) -> String {
        if let Ok(id) = Uuid::try_parse(text) {
            return self.name(id);
        }
        if let Some((owner, id)) = text.split_once('-')
            && let (Ok(owner), Ok(id)) = (owner.parse::<u64>(), Uuid::try_parse(id))
        {
            return format!("{owner}-{}", self.name(id));
        }
        if text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T' {
            return "[time]".to_owned();
        }
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return "[hash]".to_owned();
        }
        text.to_owned()
    }
}
