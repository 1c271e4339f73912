//! How a request says who asks.

mod apikey;
mod asap;
mod awsv4;
mod basic;
mod bearer;
mod content;
mod digest;
mod edgegrid;
mod hash;
mod hawk;
mod jose;
mod jwt;
mod learnt;
mod ntlm;
mod oauth1;
mod oauth2;
#[cfg(test)]
mod published;
mod uri;

use postern_collection::Auth;
use postern_egress::Versions;
use rand::{Rng, RngExt};

use crate::Wire;
use crate::exchange::Answered;
use crate::state::State;

pub(crate) use content::Content;
pub(crate) use learnt::Learnt;
pub(crate) use oauth2::{Tokens, get_token};

/// Puts an auth on a request. One that is not known here is left out.
pub(crate) fn put(state: &mut State<'_>, wire: &mut Wire, content: &mut Content<'_>, auth: &Auth) {
    let now = state.now();
    let random = &mut state.random;
    let mut put = Ok(());
    match auth.kind.as_str() {
        "basic" => basic::put(wire, auth),
        "bearer" => bearer::put(wire, auth),
        "apikey" => apikey::put(wire, auth),
        "oauth1" => put = oauth1::put(wire, content, auth, now, random),
        "oauth2" => oauth2::put(wire, auth),
        "ntlm" => ntlm::put(wire, auth),
        "digest" => put = digest::put(wire, content, auth),
        "awsv4" => put = awsv4::put(wire, content, auth, now),
        "edgegrid" => edgegrid::put(wire, content, auth, now, random),
        "hawk" => hawk::put(wire, content, auth, now, random),
        "jwt" => put = jwt::put(wire, auth, random),
        "asap" => put = asap::put(wire, auth, now, random),
        _ => {}
    }
    if let Err(error) = put {
        wire.warnings.push(format!(
            "runtime~{}.auth: could not sign the request: {error}",
            auth.kind
        ));
    }
}

/// Lets an auth read an answer; true if the request is to be sent again with what it has learnt. An error says what is wrong with
/// the answer.
pub(crate) fn answer(
    state: &mut State<'_>,
    auth: &mut Auth,
    learnt: &mut Learnt,
    answer: &Answered,
) -> Result<bool, &'static str> {
    let now = state.now();
    let random = &mut state.random;
    match auth.kind.as_str() {
        "digest" => Ok(digest::answer(auth, learnt, answer, random)),
        "ntlm" => ntlm::answer(auth, learnt, answer, now, random),
        _ => Ok(false),
    }
}

/// Whether requests with this auth are sent as their collection means it.
pub(crate) fn is_known(kind: &str) -> bool {
    matches!(
        kind,
        "basic"
            | "bearer"
            | "apikey"
            | "oauth2"
            | "noauth"
            | "oauth1"
            | "awsv4"
            | "edgegrid"
            | "hawk"
            | "jwt"
            | "asap"
            | "digest"
            | "ntlm"
    )
}

/// The versions of HTTP in which it can be said who asks: NTLM speaks of a connection, and in HTTP/2 that is nobody's alone.
pub(crate) fn versions(kind: &str, wanted: Versions) -> Versions {
    match (kind, wanted) {
        ("ntlm", Versions::Auto) => Versions::Http1,
        (_, wanted) => wanted,
    }
}

/// Whether this auth signs what the body holds.
pub(crate) fn signs_bodies(kind: &str) -> bool {
    matches!(kind, "oauth1" | "awsv4" | "hawk" | "edgegrid" | "digest")
}

/// Something that is said once: so many random letters of these.
fn nonce(random: &mut impl Rng, letters: &[u8], length: usize) -> String {
    (0..length)
        .map(|_| char::from(letters[random.random_range(0..letters.len())]))
        .collect()
}
