//! What is to be run: the collection's requests in order, each with the folders that it lies in.

use std::sync::Arc;

use postern_collection::{
    Auth, Collection, Document, EnvironmentDocument, Folder, Item, Listen, RequestItem, Script,
};
use serde_json::{Map, Value};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::Options;

/// Everything that a run needs but the network.
#[derive(Clone)]
pub struct Plan {
    /// The collection.
    pub document: Document,
    /// The environment.
    pub environment: Option<EnvironmentDocument>,
    /// The globals.
    pub globals: Option<EnvironmentDocument>,
    /// One row of data for each iteration; the last one serves those that are left.
    pub data: Vec<Map<String, Value>>,
    /// How the run goes.
    pub options: Options,
    /// Milliseconds since 1970: what `{{$timestamp}}` tells.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Where random values begin.
    pub seed: u64,
    /// Stops the run.
    pub stop: CancellationToken,
}

/// A plan that can't be carried out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// No folder or request of that name.
    #[error("find the folder or request {name:?} in the collection (there are: {known})")]
    NoSuchFolder {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The script engine can't be set up.
    #[error("set up the script engine: {0}")]
    Engine(String),
}

/// Where a folder with an auth stands in its collection: the numbers on the way down to it.
pub(crate) type AuthPlace = Arc<[usize]>;

/// One request, and what it inherits.
pub(crate) struct Step {
    pub(crate) item: RequestItem,
    /// The names from the collection down to the request.
    pub(crate) location: Arc<[String]>,
    /// The auth that holds: the request's own or the nearest above it.
    pub(crate) auth: Option<Auth>,
    /// Where that auth stands, if it isn't the request's own.
    pub(crate) auth_place: Option<AuthPlace>,
    /// Scripts from the collection down to the request: whose, and which.
    pub(crate) scripts: Vec<(String, Script)>,
    /// Its behaviour over that of its folders.
    pub(crate) behaviour: Map<String, Value>,
}

impl Step {
    pub(crate) fn scripts(&self, listen: Listen) -> impl Iterator<Item = &(String, Script)> {
        self.scripts
            .iter()
            .filter(move |(_, script)| script.listen == listen)
    }

    /// The id, or the name where there is none.
    pub(crate) fn id(&self) -> &str {
        self.item.id.as_deref().unwrap_or(&self.item.name)
    }

    /// Whether `setNextRequest` means this one.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.item.id.as_deref() == Some(name) || self.item.name == name
    }
}

/// What a folder hands down.
#[derive(Clone, Default)]
struct Inherited {
    location: Vec<String>,
    place: Vec<usize>,
    auth: Option<Auth>,
    auth_place: Option<AuthPlace>,
    scripts: Vec<(String, Script)>,
    behaviour: Map<String, Value>,
}

impl Inherited {
    fn with(
        &self,
        number: Option<usize>,
        name: &str,
        auth: Option<&Auth>,
        scripts: &[Script],
        behaviour: &Value,
    ) -> Self {
        let mut below = self.clone();
        below.place.extend(number);
        below.location.push(name.to_owned());
        if auth.is_some() {
            below.auth = auth.cloned();
            below.auth_place = Some(below.place.as_slice().into());
        }
        below.scripts.extend(
            scripts
                .iter()
                .map(|script| (name.to_owned(), script.clone())),
        );
        let fields = behaviour.as_object().into_iter().flatten();
        below
            .behaviour
            .extend(fields.map(|(key, value)| (key.clone(), value.clone())));
        below
    }
}

/// The steps of a collection, in order.
pub(crate) fn steps(collection: &Collection, folders: &[String]) -> Result<Vec<Step>, PlanError> {
    let root = Inherited::default().with(
        None,
        &collection.name,
        collection.auth.as_ref(),
        &collection.scripts,
        &collection.behaviour,
    );
    let mut steps = Vec::new();
    let mut found = vec![false; folders.len()];
    walk(
        &collection.items,
        &root,
        folders,
        &mut found,
        folders.is_empty(),
        &mut steps,
    );
    if let Some(at) = found.iter().position(|found| !found) {
        let known: Vec<&str> = collection.items.iter().map(Item::name).take(20).collect();
        return Err(PlanError::NoSuchFolder {
            name: folders[at].clone(),
            known: known.join(", "),
        });
    }
    Ok(steps)
}

fn walk(
    items: &[Item],
    above: &Inherited,
    folders: &[String],
    found: &mut [bool],
    wanted: bool,
    steps: &mut Vec<Step>,
) {
    for (number, item) in items.iter().enumerate() {
        let number = Some(number);
        let id = match item {
            Item::Folder(folder) => folder.id.as_deref(),
            Item::Request(request) => request.id.as_deref(),
        };
        let named = folders
            .iter()
            .position(|name| name == item.name() || Some(name.as_str()) == id);
        if let Some(at) = named {
            found[at] = true;
        }
        let wanted = wanted || named.is_some();
        match item {
            Item::Folder(folder) => {
                let Folder {
                    name,
                    items,
                    auth,
                    scripts,
                    behaviour,
                    ..
                } = folder.as_ref();
                walk(
                    items,
                    &above.with(number, name, auth.as_ref(), scripts, behaviour),
                    folders,
                    found,
                    wanted,
                    steps,
                );
            }
            Item::Request(request) if wanted => {
                let own = request.request.auth.as_ref();
                let (scripts, behaviour) = (&request.scripts, &request.behaviour);
                let all = above.with(number, &request.name, own, scripts, behaviour);
                steps.push(Step {
                    item: request.as_ref().clone(),
                    location: all.location.into(),
                    auth: all.auth,
                    auth_place: all.auth_place.filter(|_| own.is_none()),
                    scripts: all.scripts,
                    behaviour: all.behaviour,
                });
            }
            Item::Request(_) => {}
        }
    }
}
