//! Attempts: one request made for a delivery, and how it ended.

use serde::{Deserialize, Serialize};

use crate::{AttemptId, DeliveryId, IntegrationId, TeamId, Timestamp};

/// One request made for a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The attempt's id.
    pub id: AttemptId,
    /// Whose it is.
    pub team: TeamId,
    /// For which delivery.
    pub delivery: DeliveryId,
    /// For which integration.
    pub integration: IntegrationId,
    /// Its number within the delivery, from 1.
    pub number: i32,
    /// What made it due.
    pub trigger: AttemptTrigger,
    /// The shard lease's epoch that it was made under.
    pub epoch: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// How long each phase took.
    pub times: PhaseTimes,
    /// How it ended.
    pub outcome: Outcome,
    /// More about it, as people read it.
    pub message: String,
    /// The address that answered.
    pub peer: Option<String>,
    /// The URL that it went to.
    pub url: String,
    /// The answer's status, where there was one.
    pub status: Option<u16>,
    /// The request's headers as sent (secrets masked).
    pub request_headers: Vec<(String, String)>,
    /// The answer's headers.
    pub response_headers: Vec<(String, String)>,
    /// The first 16 KiB of the answer's body.
    pub response_body: Vec<u8>,
    /// How many bytes of body were read.
    pub response_bytes: i64,
    /// How long the receiver asked to wait, in milliseconds.
    pub retry_after_ms: Option<i64>,
    /// What a connector asked, one after the other; the last of them is told above too. A webhook has none.
    pub steps: Vec<AttemptStep>,
}

/// One request of several that an attempt is made of (secrets masked).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttemptStep {
    /// The method; `MAIL` for a letter, `WRITE` for a file.
    pub method: String,
    /// Where it went.
    pub url: String,
    /// The address that answered.
    pub peer: Option<String>,
    /// The request's headers.
    pub request_headers: Vec<(String, String)>,
    /// The first 16 KiB of the request's body.
    pub request_body: String,
    /// The answer's status, where there was one.
    pub status: Option<u16>,
    /// The answer's headers.
    pub response_headers: Vec<(String, String)>,
    /// The first 16 KiB of the answer's body; empty where it holds a secret.
    pub response_body: String,
    /// How many bytes of body were read.
    pub response_bytes: i64,
    /// How it ended, as people read it.
    pub message: String,
    /// How long each phase took.
    pub times: PhaseTimes,
}

/// How long each phase of an attempt took, in milliseconds; `None` where a phase did not happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhaseTimes {
    /// Looking up the name.
    pub dns_ms: Option<i64>,
    /// Connecting.
    pub connect_ms: Option<i64>,
    /// The TLS handshake.
    pub tls_ms: Option<i64>,
    /// From the request sent to the first byte of the answer.
    pub first_byte_ms: Option<i64>,
    /// All of it.
    pub total_ms: i64,
}

/// What made an attempt due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptTrigger {
    /// The delivery itself, or its retry schedule.
    Automatic,
    /// Somebody asked for it.
    Manual,
}

impl AttemptTrigger {
    /// The word for it in the database and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }

    /// The trigger of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Automatic, Self::Manual]
            .into_iter()
            .find(|trigger| trigger.as_str() == word)
    }
}

macro_rules! outcomes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $help:literal;)+) => {
        /// How an attempt ended: a closed list, the same in the API, the metrics and the docs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Outcome { $($(#[$doc])* $variant),+ }

        impl Outcome {
            /// All outcomes.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// One sentence that says what to do.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help),+ }
            }

            /// The outcome of that code.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|outcome| outcome.code() == code)
            }
        }
    };
}

outcomes! {
    /// 2xx.
    Succeeded = "succeeded", "Nothing to do.";
    /// 3xx.
    Redirect = "redirect", "The receiver has moved: set the integration's URL to the address that it names.";
    /// 410.
    Gone = "gone", "The receiver says that it is gone: remove the integration or give it a new URL.";
    /// 429.
    RateLimited = "rate_limited", "The receiver asks for fewer requests: Postern waits as long as it asks.";
    /// Another 4xx.
    Rejected = "rejected", "The receiver refuses the request: read its answer, and check the URL and the headers.";
    /// 5xx.
    ServerError = "server_error", "The receiver failed: look at its own logs.";
    /// A status that is none of these.
    UnexpectedStatus = "unexpected_status", "The receiver's answer is not one that HTTP knows: check what listens at the URL.";
    /// The URL can't be used.
    InvalidUrl = "invalid_url", "Set the integration's URL to an http or https address.";
    /// The address policy refuses the address.
    AddressRefused = "address_refused", "Open the address range for webhooks in the server's configuration (egress.webhooks.allow), if it is meant.";
    /// The name has no address.
    DnsFailed = "dns_failed", "Check the host name in the URL.";
    /// Nothing listens there.
    ConnectRefused = "connect_refused", "Nothing listens at that address and port: check the URL, and that the receiver runs.";
    /// No connection in time.
    ConnectFailed = "connect_failed", "The receiver can't be reached: check its network and firewall.";
    /// The TLS handshake failed.
    TlsFailed = "tls_failed", "The receiver's certificate or TLS settings are not accepted: check the certificate's names, dates and chain.";
    /// The integration's own script failed.
    TransformFailed = "transform_failed", "The integration's transform failed: try it on this event (POST /integrations/{id}/transform) and mend it. A connector's own script is Postern's: report it.";
    /// The integration's own script decided so.
    Cancelled = "cancelled", "Nothing to do: the integration's transform, or its connector, had nothing to send.";
    /// No token for the receiver.
    AuthFailed = "auth_failed", "The token server gave no token: check its URL, the client's id and secret, and the scope.";
    /// The deadline passed.
    Timeout = "timeout", "The receiver took too long: let it answer first and work afterwards, or raise the timeout.";
    /// The connection ended early.
    Reset = "reset", "The receiver closed the connection before it had answered: look at its own logs.";
    /// The answer is not HTTP.
    ProtocolError = "protocol_error", "What listens at the URL does not speak HTTP as expected: check the port and the scheme.";
    /// Postern itself failed.
    Internal = "internal", "Postern could not make the request: look at the server's log.";
}

impl Outcome {
    /// Whether it says nothing about the receiver, because nobody asked it.
    pub fn is_our_own(self) -> bool {
        matches!(
            self,
            Self::Internal | Self::TransformFailed | Self::Cancelled
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_found_again_by_its_code() {
        for &outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.code()), Some(outcome));
        }
    }
}
