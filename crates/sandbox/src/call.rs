//! What a script asks of the outside while it waits.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::outcome::ChangedVariables;
use crate::scope::{Cookie, Response, Variable};

/// The number of a call within its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub(crate) u32);

/// Something the caller has to do for the script, and to [`answer`](crate::Sandbox::answer).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Call {
    /// What the answer has to name.
    pub id: CallId,
    /// What is to be done.
    pub ask: Ask,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// `pm.sendRequest`: a request as in a v2.1 document, `{method, url, header: [{key, value}], body, auth}`;
    /// placeholders are not resolved yet. To be answered by [`Answer::Response`] or [`Answer::Failed`].
    SendRequest(Value),
    /// `pm.cookies.jar()`. To be answered by [`Answer::Cookies`] or [`Answer::Failed`].
    Cookies(CookieAsk),
    /// `pm.execution.runRequest`. To be answered by [`Answer::Ran`] or [`Answer::Failed`].
    RunRequest(RunAsk),
}

/// A request of the collection to be run, with its scripts, while the asking script waits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RunAsk {
    /// Its id or its name.
    pub request: String,
    /// Variables that hold for this run only.
    #[serde(default)]
    pub variables: Map<String, Value>,
    /// The scopes that the asking script has changed so far, each whole.
    #[serde(default)]
    pub changed: ChangedVariables,
}

/// A look into the cookie jar, or a change of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CookieAsk {
    /// Which site it is about.
    pub url: String,
    /// What to do with the cookies of that URL.
    #[serde(rename = "do")]
    pub verb: CookieVerb,
}

/// What to do with the cookies of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CookieVerb {
    /// Give all of them.
    GetAll,
    /// Keep this one, and give it as it is kept. An empty domain or path means that of the URL.
    Set(Box<Cookie>),
    /// Forget the one of this name.
    Unset(String),
    /// Forget all of them.
    Clear,
}

/// The answer to a [`Call`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// What a sent request brought.
    Response(Box<Response>),
    /// The cookies asked for; empty after [`CookieVerb::Unset`] and [`CookieVerb::Clear`].
    Cookies(Vec<Cookie>),
    /// What a request of the collection brought.
    Ran(Box<Ran>),
    /// It could not be done; the script gets an error with this message.
    Failed(String),
}

/// What a request of the collection brought.
#[derive(Debug, Clone, Default)]
pub struct Ran {
    /// Its response; none if one of its scripts skipped it.
    pub response: Option<Response>,
    /// The scopes as they are now, each whole.
    pub variables: Scopes,
}

/// The four scopes that scripts can change.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scopes {
    /// `pm.globals`
    pub globals: Vec<Variable>,
    /// `pm.collectionVariables`
    pub collection_variables: Vec<Variable>,
    /// `pm.environment`
    pub environment: Vec<Variable>,
    /// `pm.variables`
    pub locals: Vec<Variable>,
}
