//! What a script can see.

use bytes::Bytes;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Everything that `pm` shows to one script.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// Where in the run the script is.
    pub info: Info,
    /// The request as in a v2.1 document: `{method, url, header, body, auth, …}`. In a pre-request script
    /// with its variables still as placeholders, in a test script as it was sent.
    pub request: Value,
    /// The response; none in a pre-request script, or if the request failed.
    pub response: Option<Response>,
    /// The cookies that go with the request's URL.
    pub cookies: Vec<Cookie>,
    /// All variables.
    pub variables: Variables,
}

/// Where in the run a script is: `pm.info` and `pm.execution.location`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The number of the iteration, from 0.
    pub iteration: u32,
    /// How many iterations the run has.
    pub iteration_count: u32,
    /// The name of the request.
    pub request_name: String,
    /// The id of the request.
    pub request_id: String,
    /// The names from the collection down to the request.
    pub location: Vec<String>,
    /// The name of what the script belongs to: the request, one of its folders or the collection.
    pub current: String,
}

/// The variables of all scopes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variables {
    /// `pm.globals`
    pub globals: Vec<Variable>,
    /// `pm.collectionVariables`
    pub collection_variables: Vec<Variable>,
    /// `pm.environment`
    pub environment: Vec<Variable>,
    /// `pm.environment.name`
    pub environment_name: Option<String>,
    /// `pm.iterationData`: the row of the data file.
    pub iteration_data: Map<String, Value>,
    /// What scripts of this run have set by `pm.variables.set`.
    pub locals: Vec<Variable>,
}

/// One variable.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name.
    pub key: String,
    /// Its value: what a script has set keeps its JSON type.
    #[serde(default)]
    pub value: Value,
    /// The type its document gives, for instance `secret`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A disabled variable is not seen, but kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

/// A response, of the request or of one that a script has sent.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The status code.
    pub code: u16,
    /// The reason phrase; where it is empty the code's usual one is shown.
    pub status: String,
    /// All headers in their order.
    pub headers: Vec<Header>,
    /// The body after decompression. It reaches the engine only when a script asks for it.
    #[serde(rename = "size", serialize_with = "length")]
    pub body: Bytes,
    /// How long it took.
    pub response_time_ms: u64,
    /// The cookies it set.
    pub cookies: Vec<Cookie>,
}

fn length<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    body.len().serialize(serializer)
}

/// A header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Its name as it came.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// A cookie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The domain it belongs to.
    pub domain: String,
    /// The path it belongs to.
    pub path: String,
    /// When it ends, as an HTTP date; none for the session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// How many seconds it lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<i64>,
    /// Only over TLS.
    pub secure: bool,
    /// Not for scripts of a page.
    pub http_only: bool,
    /// Only for the very host that set it.
    pub host_only: bool,
    /// `Strict`, `Lax` or `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_site: Option<String>,
}
