//! A request, sent as often as its auth wants: some auths can answer only what a server has asked.

use std::sync::Arc;

use postern_collection::{Auth, Request};

use crate::auth::{self, Learnt};
use crate::behaviour::Behaviour;
use crate::event::RunEvent;
use crate::exchange::{self, Answered};
use crate::state::State;
use crate::summary::Source;
use crate::{Execution, Failure, wire};

/// How often newman sends a request again.
const MOST: u32 = 3;

/// What is to be sent, and how.
pub(crate) struct Errand<'a> {
    pub(crate) request: &'a Request,
    /// The auth that holds, its variables filled in.
    pub(crate) auth: Option<Auth>,
    pub(crate) behaviour: &'a Behaviour,
    pub(crate) by_script: bool,
}

/// Sends it and tells each leg as an exchange of its own, as newman does; the last answer is the one that counts.
pub(crate) async fn send(
    state: &mut State<'_>,
    execution: &mut Execution,
    mut errand: Errand<'_>,
    learnt: &mut Learnt,
) -> Option<Answered> {
    if let Some(auth) = &mut errand.auth {
        learnt.fill(auth);
        auth::get_token(state, auth, errand.behaviour, execution.number).await;
    }
    let mut again = 0;
    loop {
        let answer = leg(state, execution, &errand).await?;
        let wanted = match &mut errand.auth {
            Some(auth) => auth::answer(state, auth, learnt, &answer).unwrap_or_else(|error| {
                let kind = &auth.kind;
                let words =
                    format!("runtime~{kind}.auth: there was an error validating auth: {error}");
                state.warn(execution.number, &words);
                false
            }),
            None => false,
        };
        if !wanted || state.is_over() {
            return Some(answer);
        }
        if again == MOST {
            let words = "runtime: maximum intermediate request limit exceeded";
            state.warn(execution.number, words);
            return Some(answer);
        }
        again += 1;
    }
}

/// One exchange.
async fn leg(
    state: &mut State<'_>,
    execution: &mut Execution,
    errand: &Errand<'_>,
) -> Option<Answered> {
    let Errand {
        request,
        auth,
        behaviour,
        by_script,
    } = errand;
    execution.request = None;
    execution.response = None;
    let built = wire::build(state, request, auth.as_ref(), behaviour);
    execution.sent_at = state.now();
    let answer = match built {
        Ok(mut wire) => {
            for words in std::mem::take(&mut wire.warnings) {
                state.warn(execution.number, &words);
            }
            let answer = exchange::send(state, &mut wire, behaviour).await;
            execution.request = Some(wire);
            answer
        }
        Err(error) => Err(error),
    };
    state.summary.requests.add(answer.is_err());
    match &answer {
        Ok(answer) => {
            state.count(answer);
            execution.response = Some(answer.clone());
        }
        Err(error) => execution.error = Some(error.message.clone()),
    }
    let by_script = *by_script;
    state.tell(&RunEvent::Exchange {
        execution,
        by_script,
    });
    match answer {
        Ok(answer) => Some(answer),
        Err(error) => {
            // To newman it is a failure of the run, whatever a script that sent it makes of it.
            state.fail(Failure {
                execution: execution.number,
                iteration: execution.iteration,
                location: Arc::clone(&execution.location),
                source: Source::Request,
                cause: error.into(),
            });
            None
        }
    }
}
