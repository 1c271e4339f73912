//! Which node of the old document a node of the new one was.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::ItemKind;
use crate::diff::arena::Arena;

/// Pairs of nodes, by number, from either side.
pub(crate) struct Pairs {
    pub(crate) old_of: Vec<Option<usize>>,
    pub(crate) new_of: Vec<Option<usize>>,
}

impl Pairs {
    fn join(&mut self, old: usize, new: usize) {
        self.new_of[old] = Some(new);
        self.old_of[new] = Some(old);
    }
}

/// Finds the pairs, from what is certain to what is likely:
///
/// 1. the same id (the kinds must agree, and no id may stand twice);
/// 2. under a matched parent, the same kind and name; of several, in their order;
/// 3. under a matched parent, the same errand (a request's method and address) or, for a folder, a shared child: a renaming;
/// 4. the same kind and name elsewhere, if there is one such node on each side: a move.
pub(crate) fn pairs(old: &Arena<'_>, new: &Arena<'_>) -> Pairs {
    let mut pairs = Pairs {
        old_of: vec![None; new.nodes.len()],
        new_of: vec![None; old.nodes.len()],
    };
    pairs.join(0, 0);
    by_id(old, new, &mut pairs);
    descend(old, new, &mut pairs, (0..new.nodes.len()).collect());
    let moved = moves(old, new, &mut pairs);
    descend(old, new, &mut pairs, moved.into());
    pairs
}

fn by_id(old: &Arena<'_>, new: &Arena<'_>, pairs: &mut Pairs) {
    let before = unique(old, |arena, index| {
        let node = &arena.nodes[index];
        node.id().map(|id| (node.kind, id.to_owned()))
    });
    let after = unique(new, |arena, index| {
        let node = &arena.nodes[index];
        node.id().map(|id| (node.kind, id.to_owned()))
    });
    for (key, index) in after {
        if let (Some(index), Some(&Some(was))) = (index, before.get(&key)) {
            pairs.join(was, index);
        }
    }
}

/// Nodes by a key; `None` where a key stands twice.
fn unique<K: std::hash::Hash + Eq>(
    arena: &Arena<'_>,
    key: impl Fn(&Arena<'_>, usize) -> Option<K>,
) -> HashMap<K, Option<usize>> {
    let mut found = HashMap::new();
    for index in 1..arena.nodes.len() {
        if let Some(key) = key(arena, index) {
            found
                .entry(key)
                .and_modify(|entry| *entry = None)
                .or_insert(Some(index));
        }
    }
    found
}

/// Matches children of matched parents; a pair found here is descended into as well.
fn descend(old: &Arena<'_>, new: &Arena<'_>, pairs: &mut Pairs, mut pending: VecDeque<usize>) {
    while let Some(parent) = pending.pop_front() {
        let Some(was) = pairs.old_of[parent] else {
            continue;
        };
        let mut joined = Vec::new();
        join_by(old, new, pairs, was, parent, &mut joined, |arena, index| {
            let node = &arena.nodes[index];
            Some((node.kind, node.name().to_owned(), String::new()))
        });
        join_by(old, new, pairs, was, parent, &mut joined, |arena, index| {
            let node = &arena.nodes[index];
            let (method, url) = node.errand().filter(|_| node.kind == ItemKind::Request)?;
            Some((node.kind, method, url))
        });
        join_folders(old, new, pairs, was, parent, &mut joined);
        pending.extend(joined);
    }
}

type Key = (ItemKind, String, String);

fn join_by(
    old: &Arena<'_>,
    new: &Arena<'_>,
    pairs: &mut Pairs,
    was: usize,
    parent: usize,
    joined: &mut Vec<usize>,
    key: impl Fn(&Arena<'_>, usize) -> Option<Key>,
) {
    let mut waiting: HashMap<Key, VecDeque<usize>> = HashMap::new();
    for &child in &old.nodes[was].children {
        if pairs.new_of[child].is_none()
            && let Some(key) = key(old, child)
        {
            waiting.entry(key).or_default().push_back(child);
        }
    }
    if waiting.is_empty() {
        return;
    }
    for &child in &new.nodes[parent].children {
        if pairs.old_of[child].is_some() {
            continue;
        }
        let Some(key) = key(new, child) else { continue };
        if let Some(before) = waiting.get_mut(&key).and_then(VecDeque::pop_front) {
            pairs.join(before, child);
            joined.push(child);
        }
    }
}

/// A folder that has another name but a child of an unmatched folder was that folder.
fn join_folders(
    old: &Arena<'_>,
    new: &Arena<'_>,
    pairs: &mut Pairs,
    was: usize,
    parent: usize,
    joined: &mut Vec<usize>,
) {
    let mut by_child: HashMap<(ItemKind, &str), usize> = HashMap::new();
    for &folder in &old.nodes[was].children {
        if old.nodes[folder].kind == ItemKind::Folder && pairs.new_of[folder].is_none() {
            for &child in &old.nodes[folder].children {
                by_child
                    .entry((old.nodes[child].kind, old.nodes[child].name()))
                    .or_insert(folder);
            }
        }
    }
    if by_child.is_empty() {
        return;
    }
    for &folder in &new.nodes[parent].children {
        if new.nodes[folder].kind != ItemKind::Folder || pairs.old_of[folder].is_some() {
            continue;
        }
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let children: HashSet<(ItemKind, &str)> = new.nodes[folder]
            .children
            .iter()
            .map(|&child| (new.nodes[child].kind, new.nodes[child].name()))
            .collect();
        for child in children {
            if let Some(&before) = by_child.get(&child) {
                *votes.entry(before).or_default() += 1;
            }
        }
        let most = votes
            .into_iter()
            .filter(|&(before, _)| pairs.new_of[before].is_none())
            .max_by_key(|&(before, count)| (count, std::cmp::Reverse(before)));
        if let Some((before, count)) = most {
            let whole = old.nodes[before]
                .children
                .len()
                .max(new.nodes[folder].children.len());
            if count * 2 >= whole {
                pairs.join(before, folder);
                joined.push(folder);
            }
        }
    }
}

/// Nodes that are alone with their kind and name among what is left on both sides.
fn moves(old: &Arena<'_>, new: &Arena<'_>, pairs: &mut Pairs) -> Vec<usize> {
    let key = |arena: &Arena<'_>, index: usize| {
        let node = &arena.nodes[index];
        (node.kind != ItemKind::Response && !node.name().is_empty())
            .then(|| (node.kind, node.name().to_owned()))
    };
    let before = unique(old, |arena, index| {
        key(arena, index).filter(|_| pairs.new_of[index].is_none())
    });
    let after = unique(new, |arena, index| {
        key(arena, index).filter(|_| pairs.old_of[index].is_none())
    });
    let mut moved: Vec<usize> = Vec::new();
    for (key, index) in after {
        if let (Some(index), Some(&Some(was))) = (index, before.get(&key)) {
            pairs.join(was, index);
            moved.push(index);
        }
    }
    moved.sort_unstable();
    moved
}
