//! Entries of the catalogue, as their manifests describe them.

use postern_catalogue::{Connector, Field, Sends};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// `{"connectors": […]}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConnectorList {
    pub(crate) connectors: Vec<ConnectorEntry>,
}

/// An entry of the catalogue.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConnectorEntry {
    /// What an integration names as its `connector`.
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// `chat`, `alerting`, `metrics`, `backup`, `automation` or `email`.
    category: &'static str,
    /// One sentence.
    summary: &'static str,
    /// `http`, `webhook`, `mail` or `folder`.
    sends: &'static str,
    icon: IconView,
    /// The kinds of events that it can tell.
    events: Vec<&'static str>,
}

/// A monogram.
#[derive(Serialize, ToSchema)]
pub(crate) struct IconView {
    /// One or two letters.
    letters: &'static str,
    /// The colour behind them, `#rrggbb`.
    color: &'static str,
}

/// `{"connector": {…}}`.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConnectorAnswer {
    pub(crate) connector: ConnectorView,
}

/// A connector.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConnectorView {
    id: &'static str,
    name: &'static str,
    /// `chat`, `alerting`, `metrics`, `backup`, `automation` or `email`.
    category: &'static str,
    /// One sentence.
    summary: &'static str,
    /// `http`: by a script of its own, from `config.fields`; `webhook`: the signed webhook, to `config.url`; `mail`: letters;
    /// `folder`: files on the server.
    sends: &'static str,
    icon: IconView,
    /// The kinds of events that it can tell.
    events: Vec<ConnectorEvent>,
    setup: SetupView,
    /// What its form asks for.
    fields: Vec<FormFieldView>,
    /// Whether `options.digest` can be set.
    digests: bool,
    /// The options of its integrations where nobody says otherwise.
    #[schema(value_type = Object)]
    options: &'static Map<String, Value>,
    /// Where the service says what it takes.
    contract: &'static [String],
}

/// What a connector makes of a kind of event.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConnectorEvent {
    /// The kind.
    event: &'static str,
    /// What is made of it, in a sentence.
    what: &'static str,
}

/// What to do at the service.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupView {
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
    /// What to click, a sentence each (Markdown).
    steps: &'static [String],
    /// What else is to be known, a sentence each (Markdown).
    notes: &'static [String],
}

/// One thing that a form asks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormFieldView {
    /// Its name in `config.fields`.
    key: &'static str,
    label: &'static str,
    /// `text`, `lines`, `url`, `email`, `emails`, `number`, `boolean` or `choice`.
    r#type: &'static str,
    /// What it is, and where to find it.
    help: &'static str,
    required: bool,
    /// Whether its value goes out masked.
    secret: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<&'static str>,
    /// What it is when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    default: Option<&'static Value>,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<ChoiceView>,
    /// A regular expression that the whole value fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    /// What is wrong with a value that doesn't fit it.
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<&'static str>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i64>,
    /// The largest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i64>,
    /// The kinds of events that it is asked for; empty: all.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    events: &'static [String],
}

/// One of a field's choices.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChoiceView {
    value: &'static str,
    label: &'static str,
}

fn sends(connector: &Connector) -> &'static str {
    match connector.sends() {
        Sends::Http => "http",
        Sends::Webhook => "webhook",
        Sends::Mail => "mail",
        Sends::Folder => "folder",
    }
}

fn icon(connector: &'static Connector) -> IconView {
    let icon = connector.icon();
    IconView {
        letters: &icon.letters,
        color: &icon.color,
    }
}

impl ConnectorEntry {
    /// The connector's line.
    pub(crate) fn of(connector: &'static Connector) -> Self {
        let events = connector.events().into_iter();
        Self {
            id: connector.id(),
            name: connector.name(),
            category: connector.category().as_str(),
            summary: connector.summary(),
            sends: sends(connector),
            icon: icon(connector),
            events: events.map(|(kind, _)| kind.as_str()).collect(),
        }
    }
}

impl ConnectorView {
    /// All of the connector.
    pub(crate) fn of(connector: &'static Connector) -> Self {
        let events = connector.events().into_iter();
        Self {
            id: connector.id(),
            name: connector.name(),
            category: connector.category().as_str(),
            summary: connector.summary(),
            sends: sends(connector),
            icon: icon(connector),
            events: events
                .map(|(kind, what)| ConnectorEvent {
                    event: kind.as_str(),
                    what,
                })
                .collect(),
            setup: SetupView {
                url: connector.setup().url.as_deref(),
                steps: &connector.setup().steps,
                notes: &connector.setup().notes,
            },
            fields: connector.fields().iter().map(FormFieldView::of).collect(),
            digests: connector.digests(),
            options: connector.options(),
            contract: connector.contract(),
        }
    }
}

impl FormFieldView {
    fn of(field: &'static Field) -> Self {
        let choices = field.choices.iter();
        Self {
            key: &field.key,
            label: &field.label,
            r#type: field.kind.as_str(),
            help: &field.help,
            required: field.is_required(),
            secret: field.secret,
            placeholder: field.placeholder.as_deref(),
            default: field.default.as_ref(),
            choices: choices
                .map(|choice| ChoiceView {
                    value: &choice.value,
                    label: &choice.label,
                })
                .collect(),
            pattern: field.pattern.as_deref(),
            says: field.says.as_deref(),
            min: field.min,
            max: field.max,
            events: &field.events,
        }
    }
}
