//! Verbs on incoming hooks: made, changed, deleted; and what is made of a call.
//!
//! Who calls is no actor: what a call may do is what the hook was made for, and its signature was judged before.

use std::time::Duration;

use postern_model::{
    Action, AuditAction, CallOutcome, ContentHash, Heard, IncomingHook, IncomingHookId,
    IncomingKind, IncomingTarget, LastCall, MAX_EVENTS, Model, MonitorId, PUSH, RunId, SourceId,
    check_branch, check_incoming_secret, is_event, signature::new_secret,
};

use crate::activity::{Changed, Thing};
use crate::entry::{Entry, check_name, found, touched};
use crate::integrations::{for_good, retire};
use crate::keys::new_token;
use crate::{Actor, Journal, JournalError, NewSecret};

/// For how long a call is known when it comes once more.
pub const REPEATS_WITHIN: Duration = Duration::from_hours(24);
/// The most branches that a hook may name.
const MAX_BRANCHES: usize = 50;
/// The most hooks of one source or one monitor.
const MOST: usize = 20;

/// An incoming hook as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIncomingHook {
    /// What people call it.
    pub name: String,
    /// The branches whose pushes are wanted; none: all.
    pub branches: Vec<String>,
    /// The events that are wanted.
    pub events: Vec<String>,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingSubject {
    /// This source is looked at.
    Source(SourceId),
    /// This monitor runs.
    Monitor(MonitorId),
}

/// What was made of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// What became of it.
    pub outcome: CallOutcome,
    /// Why, where that does not say it all.
    pub reason: Option<String>,
    /// The run that was asked for.
    pub run: Option<RunId>,
}

impl Journal {
    /// Makes an incoming hook. What its address holds is answered once and not kept; its secret is the hook's first.
    pub async fn create_incoming_hook(
        &self,
        actor: &Actor,
        kind: IncomingKind,
        about: IncomingSubject,
        new: NewIncomingHook,
        secret: Option<String>,
    ) -> Result<(IncomingHook, String), JournalError> {
        check(kind, &new)?;
        let secret = self.incoming_secret("incomingHook.secret", secret)?;
        let mut entry = self.entry().await?;
        let (workspace, target) = entry.incoming_target(actor, about).await?;
        let (source, monitor) = (target.source(), target.monitor());
        let mut hooks = entry.tx.incoming_hooks();
        if hooks.list(actor.team, source, monitor).await?.len() >= MOST {
            return Err(JournalError::Conflict {
                doing: "make one more incoming hook",
                because: "a source or a monitor has at most 20; delete one",
            });
        }
        let hook = IncomingHook {
            id: IncomingHookId(entry.id()),
            team: actor.team,
            workspace,
            name: new.name,
            kind,
            target,
            secrets: vec![for_good(secret)],
            branches: new.branches,
            events: new.events,
            last_call: None,
            created_by: actor.user,
            created_at: entry.now,
            updated_at: entry.now,
        };
        let token = new_token("incoming_", self.parts.random.as_ref());
        let hash = ContentHash::of(token.as_bytes());
        entry.tx.incoming_hooks().insert(&hook, hash).await?;
        let activity = thing(&hook).was(actor, Action::Create, entry.now);
        let action = AuditAction::IncomingHookCreated;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await?;
        Ok((hook, token))
    }

    /// Changes what a hook is called and what it is for. Its address and its secrets stay.
    pub async fn replace_incoming_hook(
        &self,
        actor: &Actor,
        id: IncomingHookId,
        new: NewIncomingHook,
    ) -> Result<IncomingHook, JournalError> {
        let mut entry = self.entry().await?;
        let before = entry.incoming_hook(actor, id).await?;
        check(before.kind, &new)?;
        let hook = IncomingHook {
            name: new.name,
            branches: new.branches,
            events: new.events,
            updated_at: entry.now,
            ..before.clone()
        };
        entry.tx.incoming_hooks().update(&hook).await?;
        let changed = Changed {
            renamed_from: (before.name != hook.name).then_some(&before.name),
            otherwise: (&before.branches, &before.events) != (&hook.branches, &hook.events),
            ..Changed::default()
        };
        let activities = thing(&hook).was_changed(actor, changed, entry.now);
        entry.tell(activities).await?;
        entry.finish().await?;
        Ok(hook)
    }

    /// Gives a hook a new secret; calls may be signed with the one before for a while.
    pub async fn rotate_incoming_secret(
        &self,
        actor: &Actor,
        id: IncomingHookId,
        new: NewSecret,
    ) -> Result<IncomingHook, JournalError> {
        new.check()?;
        let secret = self.incoming_secret("secret", new.secret)?;
        let mut entry = self.entry().await?;
        let mut hook = entry.incoming_hook(actor, id).await?;
        retire(&mut hook.secrets, entry.now, new.overlap);
        // Of one that comes back there are not two.
        hook.secrets.retain(|old| old.secret != secret);
        hook.secrets.insert(0, for_good(secret));
        hook.updated_at = entry.now;
        entry.tx.incoming_hooks().update(&hook).await?;
        let mut activity = thing(&hook).was(actor, Action::Update, entry.now);
        activity.message = format!(
            "{} gave the incoming hook {} a new secret",
            actor.name, hook.name
        );
        let action = AuditAction::IncomingSecretRotated;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await?;
        Ok(hook)
    }

    /// Deletes a hook: its address leads nowhere.
    pub async fn delete_incoming_hook(
        &self,
        actor: &Actor,
        id: IncomingHookId,
    ) -> Result<(), JournalError> {
        let mut entry = self.entry().await?;
        let hook = entry.incoming_hook(actor, id).await?;
        entry.tx.incoming_hooks().delete(actor.team, id).await?;
        let activity = thing(&hook).was(actor, Action::Delete, entry.now);
        let action = AuditAction::IncomingHookDeleted;
        entry.tell_and_audit(actor, action, activity).await?;
        entry.finish().await
    }

    /// Does what a call asks for, and notes what became of it. A run's scripts find `input` in the global variable `previousRequest`.
    pub async fn take_incoming_call(
        &self,
        hook: &IncomingHook,
        heard: &Heard,
        input: &[u8],
    ) -> Result<Called, JournalError> {
        let mut entry = self.entry().await?;
        let (team, id) = (hook.team, hook.id);
        // Somebody may have deleted it while the body came.
        let hook = entry.tx.incoming_hooks().get_for_update(team, id).await?;
        let hook = found(hook, "incoming hook")?;
        let plainly = |outcome, reason| Called {
            outcome,
            reason,
            run: None,
        };
        let called = match heard {
            Heard::Refused(why) => plainly(CallOutcome::Refused, Some(why.to_string())),
            Heard::Unreadable(why) => plainly(CallOutcome::Unreadable, Some(why.clone())),
            Heard::Ignored(why) => plainly(CallOutcome::Ignored, Some(why.clone())),
            Heard::Ping => plainly(CallOutcome::Ping, None),
            Heard::Wanted { mark } => entry.obey(&hook, *mark, input).await?,
        };
        let call = LastCall {
            at: entry.now,
            outcome: called.outcome,
            reason: called.reason.clone(),
        };
        let mut hooks = entry.tx.incoming_hooks();
        hooks.set_last_call(team, id, &call).await?;
        entry.finish().await?;
        Ok(called)
    }

    /// The secret that somebody brings along, or one that nobody knows yet. It fits all that senders may do with it.
    fn incoming_secret(
        &self,
        field: &'static str,
        own: Option<String>,
    ) -> Result<String, JournalError> {
        match own {
            Some(secret) => {
                check_incoming_secret(&secret)
                    .map_err(|error| JournalError::invalid(field, &error))?;
                Ok(secret)
            }
            None => Ok(new_secret(self.parts.random.as_ref())),
        }
    }
}

impl Entry<'_> {
    async fn incoming_hook(
        &mut self,
        actor: &Actor,
        id: IncomingHookId,
    ) -> Result<IncomingHook, JournalError> {
        let mut hooks = self.tx.incoming_hooks();
        let hook = hooks.get_for_update(actor.team, id).await?;
        found(hook, "incoming hook")
    }

    async fn incoming_target(
        &mut self,
        actor: &Actor,
        about: IncomingSubject,
    ) -> Result<(postern_model::WorkspaceId, IncomingTarget), JournalError> {
        match about {
            IncomingSubject::Source(id) => {
                let source = found(self.tx.sources().get(actor.team, id).await?, "source")?;
                Ok((source.workspace, IncomingTarget::Source(id)))
            }
            IncomingSubject::Monitor(id) => {
                let monitor = found(self.tx.monitors().get(actor.team, id).await?, "monitor")?;
                let owner = monitor.owner;
                Ok((monitor.workspace, IncomingTarget::Monitor { id, owner }))
            }
        }
    }

    /// Does what a call asks for, unless it has been done. What can't be done leaves no mark, so that it can be sent once more.
    async fn obey(
        &mut self,
        hook: &IncomingHook,
        mark: Option<ContentHash>,
        input: &[u8],
    ) -> Result<Called, JournalError> {
        let (team, now) = (hook.team, self.now);
        if let IncomingTarget::Monitor { id, .. } = hook.target
            && self.is_full(team, id).await?
        {
            return Ok(Called {
                outcome: CallOutcome::Full,
                reason: Some("100 runs of this monitor wait already".to_owned()),
                run: None,
            });
        }
        if let Some(mark) = mark {
            let since = now - REPEATS_WITHIN;
            let mut hooks = self.tx.incoming_hooks();
            if !hooks.mark(team, hook.id, mark, now, since).await? {
                return Ok(Called {
                    outcome: CallOutcome::Repeat,
                    reason: Some("it has come before, within a day".to_owned()),
                    run: None,
                });
            }
        }
        match hook.target {
            IncomingTarget::Source(id) => {
                touched(self.tx.sources().set_due(team, id, now).await?, "source")?;
                self.owes_sources(team);
                Ok(Called {
                    outcome: CallOutcome::Refresh,
                    reason: None,
                    run: None,
                })
            }
            IncomingTarget::Monitor { id, .. } => {
                let run = self.ask_for_run(team, id, input).await?;
                Ok(Called {
                    outcome: CallOutcome::Run,
                    reason: None,
                    run: Some(run.id),
                })
            }
        }
    }
}

fn check(kind: IncomingKind, new: &NewIncomingHook) -> Result<(), JournalError> {
    check_name("incomingHook.name", &new.name)?;
    if new.branches.len() > MAX_BRANCHES {
        let problem = "a hook names at most 50 branches";
        return Err(JournalError::invalid("incomingHook.branches", problem));
    }
    for branch in &new.branches {
        check_branch(branch)
            .map_err(|error| JournalError::invalid("incomingHook.branches", &error))?;
    }
    if !(1..=MAX_EVENTS).contains(&new.events.len()) {
        let problem = "a hook is for 1 to 20 events";
        return Err(JournalError::invalid("incomingHook.events", problem));
    }
    if let Some(event) = new.events.iter().find(|event| !is_event(event)) {
        let shown: String = event.chars().take(80).collect();
        let problem = format!(
            "{shown:?} is no event: push, tag_push, merge_request, in small letters with _, at most 64"
        );
        return Err(JournalError::invalid("incomingHook.events", &problem));
    }
    if kind == IncomingKind::Generic && new.events != [PUSH] {
        let problem = "all that a generic sender signs counts as push: leave the events away";
        return Err(JournalError::invalid("incomingHook.events", problem));
    }
    Ok(())
}

fn thing(hook: &IncomingHook) -> Thing<'_> {
    Thing {
        model: Model::IncomingHook,
        name: &hook.name,
        uid: hook.id.to_string(),
        workspace: Some(hook.workspace),
    }
}
