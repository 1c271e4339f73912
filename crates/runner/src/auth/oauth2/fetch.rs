//! Gets a token where an auth has none, and says how to get one. newman doesn't; people who run collections unattended need it.

use std::collections::HashMap;

use postern_collection::{Auth, Request};

use super::grant::Grant;
use super::token::{NoToken, Token};
use crate::behaviour::Behaviour;
use crate::state::State;
use crate::{exchange, wire};

/// The tokens of a run, or the words with which they were refused: one for each way in which they are asked for.
#[derive(Default)]
pub(crate) struct Tokens(HashMap<Grant, Result<Token, String>>);

/// Gives an auth the token that it lacks. Where there is none to be had, the user is told, and the request goes without.
pub(crate) async fn get_token(
    state: &mut State<'_>,
    auth: &mut Auth,
    behaviour: &Behaviour,
    execution: u64,
) {
    if auth.kind != "oauth2" || !auth.get("accessToken").is_empty() {
        return;
    }
    let token = match Grant::of(auth) {
        Ok(None) => return,
        Ok(Some(grant)) => token(state, grant, behaviour).await,
        Err(error) => Err(error),
    };
    match token {
        Ok(token) => auth
            .parameters
            .push(("accessToken".to_owned(), token.into())),
        Err(error) => {
            let words = format!("runtime~oauth2.auth: could not get a token: {error}");
            state.warn(execution, &words);
        }
    }
}

async fn token(
    state: &mut State<'_>,
    grant: Grant,
    behaviour: &Behaviour,
) -> Result<String, String> {
    let now = state.now();
    match state.tokens.0.get(&grant) {
        Some(Ok(token)) if token.holds(now) => return Ok(token.text.clone()),
        Some(Err(words)) => return Err(words.clone()),
        _ => {}
    }
    let words = |words| format!("{}: {words}", grant.url);
    let (kept, text) = match ask(state, &grant, behaviour).await {
        Ok(token) => {
            let text = token.text.clone();
            (Ok(token), Ok(text))
        }
        Err(NoToken::Refused(refusal)) => (Err(words(refusal.clone())), Err(words(refusal))),
        Err(NoToken::Unheard(failure)) => return Err(words(failure)),
    };
    state.tokens.0.insert(grant, kept);
    text
}

async fn ask(
    state: &mut State<'_>,
    grant: &Grant,
    behaviour: &Behaviour,
) -> Result<Token, NoToken> {
    // Certificates are verified as for the request itself; nothing else of its ways is the token server's business.
    let verify_tls = behaviour.verify_tls;
    let mut behaviour = Behaviour::of_script(state.options());
    (behaviour.cookies, behaviour.verify_tls) = (false, verify_tls);
    let request = Request::from_value(&grant.request());
    let wire = wire::build(state, &request, None, &behaviour);
    let mut wire = wire.map_err(|unsent| NoToken::Unheard(unsent.message))?;
    for (key, value) in &grant.query {
        wire.url.push_query(key, value);
    }
    let sent = exchange::send(state, &mut wire, &behaviour).await;
    let answer = sent.map_err(|unsent| NoToken::Unheard(unsent.message))?;
    let content_type = answer.header("content-type").unwrap_or_default();
    Token::read(answer.status, content_type, &answer.body, state.now())
}
