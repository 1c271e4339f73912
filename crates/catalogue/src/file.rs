//! A backup's document as a file. Scripts don't see it: they are told its hashes, and write stand-ins where it belongs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// The document of a backup, and the texts that stand for it.
#[derive(Debug, Clone)]
pub struct File {
    content: String,
    raw: String,
    base64: String,
}

impl File {
    /// The document, written so that people and Git can compare it. The nonce is what nobody could have written into a name.
    pub fn new(document: &Value, nonce: &str) -> Self {
        let mut content = serde_json::to_string_pretty(document).unwrap_or_default();
        content.push('\n');
        Self {
            content,
            raw: format!("postern-file-raw-{nonce}"),
            base64: format!("postern-file-base64-{nonce}"),
        }
    }

    /// What a script is told of it.
    pub(crate) fn told(&self) -> Value {
        let bytes = self.content.as_bytes();
        let git = [format!("blob {}\0", bytes.len()).as_bytes(), bytes].concat();
        json!({
            "bytes": bytes.len(),
            "sha256": hex(&Sha256::digest(bytes)),
            "sha1": hex(&Sha1::digest(bytes)),
            "md5": hex(&Md5::digest(bytes)),
            "gitBlob": hex(&Sha1::digest(&git)),
            "raw": self.raw,
            "base64": self.base64,
        })
    }

    /// The text with the document in place of what stands for it.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        if filled.contains(&self.raw) {
            filled = filled.replace(&self.raw, &self.content);
        }
        if filled.contains(&self.base64) {
            filled = filled.replace(&self.base64, &STANDARD.encode(&self.content));
        }
        filled
    }

    /// The text as it is recorded: what stands for the document is named.
    pub fn name(&self, text: &str) -> String {
        text.replace(&self.raw, "<the file>")
            .replace(&self.base64, "<the file in base64>")
    }
}

/// Bytes in lower case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_hashes_and_filled_in() {
        let file = File::new(&json!({"info": {"name": "größe"}}), "n0");
        let told = file.told();
        // What `git hash-object` and `sha256sum` say of the same bytes.
        assert_eq!(told["bytes"], 42);
        assert_eq!(told["gitBlob"], "9bef0ebae01a4e6b96a1f344e5d22ef373ae40fc");
        let raw = told["raw"].as_str().unwrap();
        let filled = file.fill(&format!("a{raw}b"));
        assert!(
            filled.starts_with("a{\n") && filled.ends_with("}\nb"),
            "{filled}"
        );
        assert_eq!(file.name(raw), "<the file>");
    }
}
