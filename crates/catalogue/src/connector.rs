//! Connectors: what `connectors/` holds, read once.

use std::sync::LazyLock;

use postern_model::EventKind;
use serde_json::{Map, Value};
use url::Url;

use crate::embedded::{CONNECTORS, LIBRARY};
use crate::event::Handler;
use crate::field::{self, Field, FieldProblem};
use crate::hosts;
use crate::manifest::{Category, Explanation, Icon, InvalidManifest, Manifest, Sends, Setup};
use crate::mask::Mask;
use crate::step::Step;

/// An entry of the catalogue.
#[derive(Debug, Clone)]
pub struct Connector {
    id: String,
    manifest: Manifest,
    transform: Option<String>,
}

static ALL: LazyLock<Vec<Connector>> = LazyLock::new(|| {
    CONNECTORS
        .iter()
        .filter_map(|files| {
            // That each can be read is proved by a test.
            Connector::parse(files.id, files.manifest, files.transform, LIBRARY).ok()
        })
        .collect()
});

/// All connectors, by id.
pub fn all() -> &'static [Connector] {
    &ALL
}

/// The connector of this id.
pub fn find(id: &str) -> Option<&'static Connector> {
    let at = ALL
        .binary_search_by(|connector| connector.id.as_str().cmp(id))
        .ok()?;
    ALL.get(at)
}

/// Whether integrations with this connector send the signed webhook: also one that nobody knows any more.
pub fn is_webhook(id: &str) -> bool {
    find(id).is_none_or(|connector| connector.sends() == Sends::Webhook)
}

/// The source of a transform, as the sandbox runs it: what it calls of the library, itself in a scope of its own, and what calls it.
fn source(library: &[(&str, &str)], transform: &str) -> String {
    let mut source = String::new();
    for (_, text) in called(library, transform) {
        source.push_str(text);
        source.push('\n');
    }
    source.push_str("\nconst transform = (() => {\n");
    source.push_str(transform);
    source.push_str("\nreturn handlers; })();\n");
    source.push_str("function handler(call) { return drive(transform, call); }\n");
    source
}

/// The parts of the library whose names stand in the transform, or in one that is called: reading the others would take most
/// of a call's time.
fn called<'a>(library: &[(&'a str, &'a str)], transform: &str) -> Vec<(&'a str, &'a str)> {
    let mut called: Vec<(&str, &str)> = Vec::new();
    let mut texts = vec![transform];
    loop {
        let names = |name: &str| texts.iter().any(|text| has_word(text, name));
        let more: Vec<(&str, &str)> = library
            .iter()
            .copied()
            .filter(|part| !called.contains(part))
            .filter(|(name, _)| *name == "drive" || names(name))
            .collect();
        if more.is_empty() {
            return called;
        }
        texts.extend(more.iter().map(|(_, text)| *text));
        called.extend(more);
    }
}

/// Whether a word stands in a text by itself.
fn has_word(text: &str, word: &str) -> bool {
    let part_of = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|rest| rest.chars().next());
        !before.is_some_and(part_of) && !after.is_some_and(part_of)
    })
}

impl Connector {
    /// A connector of these files: its folder's name, its manifest, its transform, and what transforms may call.
    pub fn parse(
        id: &str,
        manifest: &str,
        transform: Option<&str>,
        library: &[(&str, &str)],
    ) -> Result<Self, InvalidManifest> {
        let manifest = Manifest::parse(manifest)?;
        if transform.is_some() == (manifest.sends == Sends::Webhook) {
            let wrong = "a transform.js is there unless it sends webhooks".to_owned();
            return Err(InvalidManifest::Wrong(wrong));
        }
        Ok(Self {
            id: id.to_owned(),
            manifest,
            transform: transform.map(|text| source(library, text)),
        })
    }

    /// Its id: its folder's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call the service.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// What it is for.
    pub fn category(&self) -> Category {
        self.manifest.category
    }

    /// One sentence for the catalogue.
    pub fn summary(&self) -> &str {
        &self.manifest.summary
    }

    /// How it sends.
    pub fn sends(&self) -> Sends {
        self.manifest.sends
    }

    /// Where the service says what it takes.
    pub fn contract(&self) -> &[String] {
        &self.manifest.contract
    }

    /// Its monogram.
    pub fn icon(&self) -> &Icon {
        &self.manifest.icon
    }

    /// The kinds of events that it can tell, in the order of [`EventKind::ALL`], and what it makes of each.
    pub fn events(&self) -> Vec<(EventKind, &str)> {
        EventKind::ALL
            .into_iter()
            .filter_map(|kind| {
                let what = self.manifest.events.get(kind.as_str())?;
                Some((kind, what.as_str()))
            })
            .collect()
    }

    /// What to do at the service.
    pub fn setup(&self) -> &Setup {
        &self.manifest.setup
    }

    /// The options of its integrations where nobody says otherwise.
    pub fn options(&self) -> &Map<String, Value> {
        &self.manifest.options
    }

    /// What its form asks for.
    pub fn fields(&self) -> &[Field] {
        &self.manifest.fields
    }

    /// What its answers mean.
    pub fn answers(&self) -> &[Explanation] {
        &self.manifest.answers
    }

    /// Its script, with all that it calls; none where it sends webhooks.
    pub fn transform(&self) -> Option<&str> {
        self.transform.as_deref()
    }

    /// Whether it can tell the activities of a while together.
    pub fn digests(&self) -> bool {
        self.manifest.digests
    }

    /// Whether it can tell this.
    pub fn tells(&self, kind: EventKind) -> bool {
        self.manifest.events.contains_key(kind.as_str())
    }

    /// The handlers that its transform has to have.
    pub fn handlers(&self) -> Vec<Handler> {
        let mut handlers: Vec<Handler> = self
            .events()
            .into_iter()
            .filter_map(|(kind, _)| Handler::of(kind))
            .collect();
        if self.manifest.digests {
            handlers.push(Handler::Digest);
        }
        handlers.sort_unstable();
        handlers.dedup();
        handlers
    }

    /// What somebody wrote into its form, with the defaults of what was left out; or all that is wrong with it.
    pub fn check(
        &self,
        event: EventKind,
        written: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Vec<FieldProblem>> {
        field::checked(&self.manifest.fields, event.as_str(), written)
    }

    /// Whether it may ask there.
    pub fn may_ask(&self, values: &Map<String, Value>, url: &Url) -> bool {
        hosts::allows(&self.manifest.hosts, &self.manifest.fields, values, url)
    }

    /// The keys of its secret fields.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let secret = self.manifest.fields.iter().filter(|field| field.secret);
        secret.map(|field| field.key.as_str())
    }

    /// What hides its secrets.
    pub fn mask(&self, values: &Map<String, Value>) -> Mask {
        Mask::of(&self.manifest.fields, values)
    }

    /// What its script returned, read; an error completes "the connector returned …".
    pub fn read(&self, values: &Map<String, Value>, returned: Value) -> Result<Step, String> {
        Step::read(self, values, returned)
    }

    /// What an answer means, in a sentence.
    pub fn explain(&self, status: u16, body: &str) -> Option<String> {
        let answers = &self.manifest.answers;
        let known = answers.iter().find(|answer| answer.fits(status, body))?;
        Some(format!("{} says {}", self.manifest.name, known.says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_a_connector() {
        for files in CONNECTORS {
            if let Err(error) = Connector::parse(files.id, files.manifest, files.transform, LIBRARY)
            {
                panic!("the manifest of {} {error}", files.id);
            }
        }
        for connector in all() {
            assert_eq!(find(&connector.id).map(Connector::id), Some(connector.id()));
        }
        assert!(find("webhooks").is_some() && find("nothing").is_none());
    }

    #[test]
    fn only_what_is_called_of_the_library_is_read() {
        let library = [
            ("a", "const a = { b };"),
            ("b", "const b = 1;"),
            ("c", "abc"),
            ("drive", ""),
        ];
        let names = |transform: &str| -> Vec<&str> {
            let called = called(&library, transform);
            called.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names("const { x } = a;"), ["a", "drive", "b"]);
        assert_eq!(names("abc.cba"), ["drive"]);
    }

    #[test]
    fn an_answer_is_explained_by_the_first_that_fits() {
        let slack = find("slack").expect("slack is there");
        let told = slack.explain(404, "no_service").unwrap();
        assert!(told.starts_with("Slack says `no_service`"), "{told}");
        assert_eq!(slack.explain(200, "ok"), None);
    }
}
