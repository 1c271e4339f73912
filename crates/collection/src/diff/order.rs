//! Whether siblings stand in another order.

use crate::diff::arena::Arena;
use crate::diff::matching::Pairs;

/// Whether the children that a node had before and has now stand in another order.
pub(crate) fn changed(
    old: &Arena<'_>,
    was: usize,
    new: &Arena<'_>,
    index: usize,
    pairs: &Pairs,
) -> bool {
    let stayed = |&child: &usize| {
        pairs.old_of[child].filter(|&before| old.nodes[before].parent == Some(was))
    };
    let before: Vec<usize> = new.nodes[index]
        .children
        .iter()
        .filter_map(stayed)
        .collect();
    !before.is_sorted()
}
