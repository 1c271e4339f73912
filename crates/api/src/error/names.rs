//! The names of failures: a closed list, the same in answers and in `docs/error-names.md`.

use http::StatusCode;

macro_rules! error_names {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $status:ident, $meaning:literal, $advice:literal;)+) => {
        /// Why a call failed, in a word that programs can rely on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorName { $($(#[$doc])* $variant),+ }

        impl ErrorName {
            /// All names.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in the answer.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The status that goes with it.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),+ }
            }

            /// What to do about it, in one sentence.
            pub fn advice(self) -> &'static str {
                match self { $(Self::$variant => $advice),+ }
            }
        }
    };
}

error_names! {
    /// The body is not what the call reads.
    MalformedRequest = "malformedRequestError", BAD_REQUEST,
        "The body is not JSON, or not JSON of the kind that this call reads.",
        "Mend the body at the line and column, or at the JSON path, that the message names.";
    /// A required field is not there.
    ParamMissing = "paramMissingError", BAD_REQUEST,
        "A field or parameter that the call needs is not there.",
        "Add what the message names.";
    /// A value is not allowed.
    InvalidParams = "invalidParamsError", BAD_REQUEST,
        "A field or parameter has a value that is not allowed.",
        "Change what the message names to a value that it allows.";
    /// No key, or a wrong one.
    Authentication = "AuthenticationError", UNAUTHORIZED,
        "The request has no API key, or one that Postern does not know; or a session has ended, the password is wrong, or a call of an incoming hook is not signed.",
        "Send a valid key as `X-Api-Key: <key>`, as `Authorization: Bearer <key>` or as `?apikey=<key>`; set the hook's secret where its calls come from.";
    /// The key's role is too low.
    Forbidden = "forbiddenError", FORBIDDEN,
        "The key is valid, but its role does not allow the call.",
        "Use a key with at least the role that the message names, or ask an admin of the team for one.";
    /// Not there, or of another team.
    InstanceNotFound = "instanceNotFoundError", NOT_FOUND,
        "There is no such route, or the team has no such thing.",
        "Check the path and the id; a thing of another team can't be told from one that is not there.";
    /// The route is there, the method isn't.
    MethodNotAllowed = "methodNotAllowedError", METHOD_NOT_ALLOWED,
        "The route is there, but it does not take this method.",
        "Use one of the methods in the answer's `Allow` header.";
    /// It can't be done as things stand.
    Conflict = "conflictError", CONFLICT,
        "The call is well formed, but it can't be done as the thing stands.",
        "Read the message, look at the thing again, and decide anew.";
    /// Somebody else was faster.
    Outdated = "preconditionFailedError", PRECONDITION_FAILED,
        "The thing is not at the version that `If-Match` names: somebody has changed it meanwhile.",
        "Read it again, look at what changed, and send your change with the new `ETag`.";
    /// The first call with this key is still under way.
    IdempotencyKeyBusy = "idempotencyKeyBusyError", CONFLICT,
        "A call with the same `Idempotency-Key` is still under way.",
        "Wait for a moment and send the same request again: it will get the first call's answer.";
    /// The body is too large.
    PayloadTooLarge = "payloadTooLargeError", PAYLOAD_TOO_LARGE,
        "The body is larger than Postern takes.",
        "Send less; the message names the limit.";
    /// One idempotency key, two different requests.
    IdempotencyKeyReused = "idempotencyKeyReusedError", UNPROCESSABLE_ENTITY,
        "The `Idempotency-Key` was used within the last 24 hours for a different request.",
        "Make a new key for each new request, and reuse it only to send the same request again.";
    /// Too often.
    RateLimited = "rateLimited", TOO_MANY_REQUESTS,
        "The call was made too often.",
        "Wait for as many seconds as `Retry-After` says, and try again.";
    /// Postern failed.
    Server = "serverError", INTERNAL_SERVER_ERROR,
        "Postern failed; the message says whether anything may have changed.",
        "Try again; if it goes on, look for the answer's `x-request-id` in the server's log.";
    /// Not now.
    Unavailable = "serviceUnavailableError", SERVICE_UNAVAILABLE,
        "Postern can't answer just now: its database can't be reached, or is too busy.",
        "Try again after a moment; after a failed publish with the same `Idempotency-Key`.";
    /// No room.
    StorageFull = "storageFullError", INSUFFICIENT_STORAGE,
        "The disk of Postern's database is full. What was accepted before is safe, and goes on when there is room.",
        "Make room on the disk, or shorten what `[retention]` keeps; then try again.";
}

/// The page `docs/error-names.md`.
pub fn error_names_page() -> String {
    let mut page = String::from(
        "# Error names\n\n\
         A call that fails answers `{\"error\": {\"name\": …, \"message\": …}}`, with `details` where there is more to say. \
         The message is for people and may change; the name is for programs and does not.\n\n\
         | name | status | meaning | what to do |\n|---|---|---|---|\n",
    );
    for name in ErrorName::ALL {
        let (word, status) = (name.as_str(), name.status());
        let (meaning, advice) = (name.meaning(), name.advice());
        page.extend([
            "| `",
            word,
            "` | ",
            status.as_str(),
            " | ",
            meaning,
            " | ",
            advice,
            " |
",
        ]);
    }
    page
}
