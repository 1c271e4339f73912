//! Items that go elsewhere: within their collection or into another one, moved or copied.

use std::collections::{BTreeMap, BTreeSet};

use postern_collection::{Document, EditError, ItemKind, Position, give_new_ids};
use postern_model::{Collection, CollectionId, TeamId, WorkspaceId};
use postern_storage::{CollectionFilter, Tx};

use super::found;
use crate::{Actor, Journal, JournalError};

/// Items that are to go elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What they are.
    pub kind: ItemKind,
    /// Their ids, in the order in which they are to lie.
    pub ids: Vec<String>,
    /// Whether they stay where they are, and others like them go.
    pub copy: bool,
    /// Where to.
    pub target: Target,
    /// Where among what lies there.
    pub place: Spot,
}

/// Where items go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Directly into a collection.
    Collection(CollectionId),
    /// Into the folder, or the request, of this id.
    Item(ItemKind, String),
}

/// Where among what lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Before all others.
    Start,
    /// Behind all others.
    End,
    /// Before the item of this id.
    Before(String),
    /// Behind the item of this id.
    After(String),
}

struct Open {
    collection: Collection,
    old: Document,
    new: Document,
}

impl Journal {
    /// Has items go elsewhere, all or none of them; their ids and their collection afterwards. Copies have ids of their own. What
    /// lies where the actor may not enter is not found.
    pub async fn transfer_items(
        &self,
        actor: &Actor,
        transfer: &Transfer,
        may_enter: &(dyn Fn(WorkspaceId) -> bool + Sync),
    ) -> Result<(Collection, Vec<String>), JournalError> {
        let team = actor.team;
        let mut wanted: Vec<(ItemKind, &str)> = Vec::with_capacity(transfer.ids.len() + 1);
        wanted.extend(transfer.ids.iter().map(|id| (transfer.kind, id.as_str())));
        let known = match &transfer.target {
            Target::Collection(id) => Some(*id),
            Target::Item(kind, id) => {
                wanted.push((*kind, id));
                None
            }
        };
        let mut tx = self.parts.store.read().await?;
        let mut sources = holders(&mut tx, team, &wanted, known, may_enter).await?;
        drop(tx);
        let target = match known {
            Some(id) => id,
            None => found(sources.pop(), "target")?,
        };

        let mut entry = self.entry().await?;
        let mut open: BTreeMap<CollectionId, Open> = BTreeMap::new();
        // In the order of their ids, so that two of these wait for each other and not both.
        for id in sources
            .iter()
            .copied()
            .chain([target])
            .collect::<BTreeSet<_>>()
        {
            let collection = entry.collection_to_change(actor, id, None).await?;
            let old = entry.document(&collection).await?;
            let new = old.clone();
            open.insert(
                id,
                Open {
                    collection,
                    old,
                    new,
                },
            );
        }
        let mut ids: Vec<String> = Vec::with_capacity(transfer.ids.len());
        for (id, source) in transfer.ids.iter().zip(&sources) {
            let position = match (&transfer.place, ids.last()) {
                (Spot::Start | Spot::After(_), Some(before)) => Position::After(before),
                (Spot::Start, None) => Position::Start,
                (Spot::End, _) => Position::End,
                (Spot::Before(id), _) => Position::Before(id),
                (Spot::After(id), None) => Position::After(id),
            };
            let moved = self.transfer(transfer, id, *source, target, &mut open, position)?;
            ids.push(moved);
        }
        let mut changed = None;
        for Open {
            collection,
            old,
            mut new,
        } in open.into_values()
        {
            new.check()?;
            let is_target = collection.id == target;
            let saved = entry.record(actor, collection, &old, new, None).await?;
            if is_target {
                changed = Some(saved);
            }
        }
        entry.finish().await?;
        Ok((found(changed, "collection")?, ids))
    }

    fn transfer(
        &self,
        transfer: &Transfer,
        id: &str,
        source: CollectionId,
        target: CollectionId,
        open: &mut BTreeMap<CollectionId, Open>,
        position: Position<'_>,
    ) -> Result<String, JournalError> {
        let kind = transfer.kind;
        let parent = match &transfer.target {
            Target::Collection(_) => None,
            Target::Item(_, id) => Some(id.as_str()),
        };
        let from = &mut document(open, source)?.new;
        if source == target && !transfer.copy {
            from.relocate(kind, id, parent, position)?;
            return Ok(id.to_owned());
        }
        let (item, id) = if transfer.copy {
            let mut item = from.item(kind, id)?.node.clone();
            give_new_ids(&mut item, &mut || self.parts.random.uuid_v4());
            let id = item["id"].as_str().unwrap_or_default().to_owned();
            (item, id)
        } else {
            (from.remove(kind, id)?, id.to_owned())
        };
        let to = &mut document(open, target)?.new;
        to.put(kind, parent, position, item)?;
        Ok(id)
    }
}

fn document(
    open: &mut BTreeMap<CollectionId, Open>,
    id: CollectionId,
) -> Result<&mut Open, JournalError> {
    found(open.get_mut(&id), "collection")
}

/// The collections that items lie in. Items are known by their ids alone, so the documents are looked through, once for all: the likely
/// one first, then those that were changed last.
async fn holders(
    tx: &mut Tx,
    team: TeamId,
    wanted: &[(ItemKind, &str)],
    likely: Option<CollectionId>,
    may_enter: &(dyn Fn(WorkspaceId) -> bool + Sync),
) -> Result<Vec<CollectionId>, JournalError> {
    let mut all = tx
        .collections()
        .list(team, &CollectionFilter::default())
        .await?;
    all.retain(|it| may_enter(it.workspace));
    all.sort_by_key(|it| (Some(it.id) != likely, std::cmp::Reverse(it.updated_at)));
    let mut holders = vec![None; wanted.len()];
    for collection in all {
        if holders.iter().all(Option::is_some) {
            break;
        }
        let Some(bytes) = tx.blobs().get(collection.hash).await? else {
            continue;
        };
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let mut parsed = None;
        for ((kind, id), holder) in wanted.iter().zip(&mut holders) {
            // Most are not parsed: the id's text is not in them.
            if holder.is_none() && text.contains(id) {
                let document = parsed.get_or_insert_with(|| Document::parse(&bytes).ok());
                let there = document
                    .as_ref()
                    .is_some_and(|it| it.item(*kind, id).is_ok());
                *holder = there.then_some(collection.id);
            }
        }
    }
    let found_each = wanted.iter().zip(holders).map(|((kind, id), holder)| {
        holder.ok_or_else(|| EditError::NotFound {
            kind: *kind,
            id: id.chars().take(100).collect(),
        })
    });
    Ok(found_each.collect::<Result<_, _>>()?)
}
