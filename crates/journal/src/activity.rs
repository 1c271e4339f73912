//! Activities: what was done, as a colleague would tell it.

mod collection;
mod thing;

pub(crate) use collection::{Restored, of_change, of_collection};
pub(crate) use thing::{Changed, Thing, imported, moved};

use postern_model::{Action, Model};

/// The sentence that people read: `Mia updated the request Get user in Petstore`.
fn sentence(who: &str, action: Action, model: Model, name: &str, place: Option<&str>) -> String {
    let (verb, noun) = (past(action), noun(model));
    match place {
        Some(place) => format!("{who} {verb} the {noun} {name} in {place}"),
        None => format!("{who} {verb} the {noun} {name}"),
    }
}

fn past(action: Action) -> &'static str {
    match action {
        Action::Create => "created",
        Action::Update => "updated",
        Action::Delete => "deleted",
        Action::Move => "moved",
        Action::Rename => "renamed",
        Action::Restore => "restored",
        Action::Pause => "paused",
        Action::Resume => "resumed",
        Action::Disable => "disabled",
        Action::Fail => "failed to reach",
    }
}

fn noun(model: Model) -> &'static str {
    match model {
        Model::Response => "example",
        Model::Globals => "global variables of",
        Model::ApiKey => "API key",
        Model::IncomingHook => "incoming hook",
        other => other.as_str(),
    }
}
