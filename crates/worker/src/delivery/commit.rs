//! What came of attempts is written, those of one moment together.
//!
//! One unit of work for all: the attempts, what follows each for its delivery, how the receivers stand now, and what is
//! told when one is switched off. It is fenced by the epoch that each attempt was made under.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use postern_journal::{JournalError, Topic, Trouble};
use postern_model::{
    Attempt, AttemptTrigger, IntegrationId, Order, RetrySchedule, Shard, TeamId, Timestamp,
};
use postern_storage::{Finished, Group, Next, SendState, Standing, Together};
use tokio::time::sleep;

use super::meter;
use super::outcome::{Decision, Ended, decide};
use crate::context::Context;
use crate::driver::words;
use crate::lease::Holding;

/// How often an outcome is offered to a database that doesn't take it. By then the lease has run out, and the row,
/// which is still due, is sent again.
const COMMITS: u32 = 12;

/// An attempt that has ended.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) attempt: Attempt,
    pub(crate) ended: Ended,
    /// How many attempts the delivery had spent before.
    pub(crate) spent: i32,
    pub(crate) shard: Shard,
    /// How long after it was owed the attempt began.
    pub(crate) delay: Duration,
    /// A random number in `[0, 1)`.
    pub(crate) jitter: f64,
}

/// What was written of it.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) finished: Finished,
    pub(crate) decision: Decision,
}

/// Writes outcomes.
pub(crate) struct Outcomes(pub(crate) Arc<Context>);

impl Together for Outcomes {
    type Job = Made;
    /// Nothing when the integration is gone.
    type Answer = Option<Written>;
    type Error = JournalError;
    const NAME: &'static str = "outcomes";

    fn weight(job: &Made) -> usize {
        job.attempt.response_body.len()
    }

    async fn together(&self, jobs: &[Arc<Made>]) -> Result<Vec<Option<Written>>, JournalError> {
        let context = &self.0;
        let mut tx = context.parts.store.begin().await?;
        let now = context.now(&mut tx).await?;
        // What waits, and how long a receiver has failed, is measured by what has passed, whatever was done to the clock.
        let passed = tx.steady(now);
        let ids: Vec<(TeamId, IntegrationId)> = jobs.iter().map(|made| of(&made.attempt)).collect();
        // Locked: somebody may have paused one meanwhile, or may want to.
        let mut standings: HashMap<(TeamId, IntegrationId), Standing> = tx
            .integrations()
            .lock_standings(&ids)
            .await?
            .into_iter()
            .map(|standing| ((standing.team, standing.id), standing))
            .collect();
        let before = standings.clone();
        let mut in_trouble: HashMap<(TeamId, IntegrationId), Trouble> = HashMap::new();
        let decisions: Vec<Option<Decision>> = jobs
            .iter()
            .map(|made| {
                let id = of(&made.attempt);
                let standing = standings.get_mut(&id)?;
                let schedule = RetrySchedule::of(&standing.options);
                let keeps_place = standing.options.order != Order::None;
                let decision = decide(
                    &made.ended,
                    made.spent,
                    &standing.state,
                    &schedule,
                    keeps_place,
                    passed,
                    made.jitter,
                );
                standing.state = decision.standing.state;
                if standing.status.is_active()
                    && let Some(trouble) = trouble(made, &decision, passed)
                {
                    // That it is switched off is told rather than that it fails.
                    let told = in_trouble.entry(id).or_insert_with(|| trouble.clone());
                    if matches!(told, Trouble::Failing { .. }) {
                        *told = trouble;
                    }
                }
                Some(decision)
            })
            .collect();
        let known: Vec<(&Attempt, Next)> = jobs
            .iter()
            .zip(&decisions)
            .filter_map(|(made, decision)| Some((&made.attempt, decision.as_ref()?.next)))
            .collect();
        let node = context.config.node;
        let mut finished = tx.deliveries().finish(node, &known, now).await?.into_iter();
        for (id, standing) in &standings {
            if before
                .get(id)
                .is_some_and(|old| old.state != standing.state)
            {
                tx.integrations()
                    .set_send_state(id.0, id.1, &standing.state)
                    .await?;
            }
        }
        let mut told = Vec::with_capacity(in_trouble.len());
        for ((team, id), trouble) in in_trouble {
            if let Some(integration) = tx.integrations().get(team, id).await? {
                told.push((integration, trouble));
            }
        }
        if told.is_empty() {
            tx.commit().await?;
        } else {
            // The journal's to write, for the team is told; within this unit of work, which it commits.
            let journal = &context.parts.journal;
            journal.integrations_in_trouble(tx, &told).await?;
        }
        let told = &context.parts.bells.told;
        for (id, standing) in &standings {
            told.ring(id.0, Topic::Deliveries);
            if before
                .get(id)
                .is_some_and(|old| is_seen_to_change(&old.state, &standing.state))
            {
                told.ring(id.0, Topic::Integrations);
            }
        }
        Ok(decisions
            .into_iter()
            .map(|decision| {
                let decision = decision?;
                let finished = finished.next()?;
                Some(Written { finished, decision })
            })
            .collect())
    }

    fn may_try_alone(error: &JournalError) -> bool {
        matches!(error, JournalError::Storage(error) if error.is_harmless())
    }

    fn again(error: &JournalError) -> JournalError {
        error.for_another()
    }
}

/// Whether who looks at the integration sees a difference; what its breaker does, the dispatcher tells.
fn is_seen_to_change(old: &SendState, new: &SendState) -> bool {
    old.failing_since != new.failing_since || old.not_before != new.not_before
}

/// What the team is told of the integration after this.
fn trouble(made: &Made, decision: &Decision, now: Timestamp) -> Option<Trouble> {
    let standing = &decision.standing;
    if let Some(reason) = &standing.disable {
        return Some(Trouble::Disabled {
            reason: reason.clone(),
        });
    }
    let since = standing.state.failing_since.filter(|_| standing.notice)?;
    Some(Trouble::Failing {
        since,
        lasts: now.since(since),
        attempts: standing.state.failed_attempts,
        last: made.ended.message.clone(),
    })
}

fn of(attempt: &Attempt) -> (TeamId, IntegrationId) {
    (attempt.team, attempt.integration)
}

/// Writes the attempt and what follows, until the database takes it or the lease is lost. The request can't be taken
/// back, so its outcome is kept in memory for as long as it counts.
pub(crate) async fn commit(
    context: &Context,
    outcomes: &Group<Outcomes>,
    holding: &Holding,
    made: Made,
) -> Option<Written> {
    for tries in 1..=COMMITS {
        let error = match outcomes.join(made.clone()).await {
            Ok(Ok(written)) => {
                if let Some(written) = &written {
                    tell(&made, written);
                }
                meter::attempt(&made, written.as_ref());
                return written;
            }
            Ok(Err(error)) => words(&error),
            Err(cut_off) => words(&cut_off),
        };
        tracing::error!(%error, tries, "failed to write an attempt's outcome");
        if !holding.allows(made.shard, made.attempt.epoch) {
            meter::attempt(&made, None);
            return None;
        }
        sleep(Duration::from_millis(100) * tries).await;
        // A commit that failed may have taken place all the same.
        if is_written(context, &made.attempt).await {
            return None;
        }
    }
    None
}

async fn is_written(context: &Context, attempt: &Attempt) -> bool {
    let look = async {
        let mut tx = context.parts.store.read().await?;
        tx.attempts().list(attempt.team, attempt.delivery).await
    };
    look.await
        .is_ok_and(|attempts| attempts.iter().any(|one| one.id == attempt.id))
}

fn tell(made: &Made, written: &Written) {
    let Made { attempt, ended, .. } = made;
    let (outcome, duration_ms) = (ended.outcome.code(), attempt.times.total_ms);
    match written.finished {
        Finished::LeaseLost => {
            tracing::warn!(
                outcome,
                "the shard changed hands: the attempt's outcome is discarded"
            );
        }
        Finished::Written | Finished::AlreadyOver => {
            let manual = attempt.trigger == AttemptTrigger::Manual;
            tracing::info!(
                outcome,
                duration_ms,
                status = attempt.status,
                manual,
                "{}",
                ended.message
            );
            if let Some(reason) = &written.decision.standing.disable {
                tracing::warn!(reason, "the integration is disabled");
            }
        }
    }
}
