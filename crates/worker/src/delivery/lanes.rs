//! Lanes: how many requests are under way, for each integration and in all.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use postern_model::{DeliveryId, IntegrationId};

use postern_journal::Bell;

/// What is under way. It also keeps a delivery from being sent twice by this node: the row stays due until its
/// outcome is written.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    each: usize,
    all: usize,
    under_way: Arc<Mutex<UnderWay>>,
    bell: Bell,
}

#[derive(Debug, Default)]
struct UnderWay {
    deliveries: HashSet<DeliveryId>,
    lanes: HashMap<IntegrationId, usize>,
}

/// A place in a lane. Dropping it frees the place and rings the bell: there may be more for the lane.
#[derive(Debug)]
pub(crate) struct Place {
    delivery: DeliveryId,
    integration: IntegrationId,
    lanes: Lanes,
}

impl Lanes {
    pub(crate) fn new(each: usize, all: usize, bell: Bell) -> Self {
        Self {
            each,
            all,
            under_way: Arc::default(),
            bell,
        }
    }

    /// A place for this delivery, unless it is under way already or its lane or the house is full.
    pub(crate) fn enter(&self, delivery: DeliveryId, integration: IntegrationId) -> Option<Place> {
        let mut under_way = self.lock();
        if under_way.deliveries.len() >= self.all || under_way.deliveries.contains(&delivery) {
            return None;
        }
        let lane = under_way.lanes.entry(integration).or_default();
        if *lane >= self.each {
            return None;
        }
        *lane += 1;
        under_way.deliveries.insert(delivery);
        Some(Place {
            delivery,
            integration,
            lanes: self.clone(),
        })
    }

    /// What is under way at this moment. To be asked *before* the database is: an attempt that ends while the database
    /// is read frees its place at once, but its row was still due in what was read.
    pub(crate) fn glance(&self) -> HashSet<DeliveryId> {
        self.lock().deliveries.clone()
    }

    /// How many are under way.
    pub(crate) fn under_way(&self) -> usize {
        self.lock().deliveries.len()
    }

    /// How many may be, for one integration and in all.
    pub(crate) fn limits(&self) -> (usize, usize) {
        (self.each, self.all)
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut under_way = self.lanes.lock();
        under_way.deliveries.remove(&self.delivery);
        if let Some(lane) = under_way.lanes.get_mut(&self.integration) {
            *lane -= 1;
            if *lane == 0 {
                under_way.lanes.remove(&self.integration);
            }
        }
        drop(under_way);
        self.lanes.bell.ring();
    }
}

#[cfg(test)]
mod tests {
    use postern_model::Timestamp;
    use postern_model::testing::SeededRandom;

    use super::*;

    #[test]
    fn a_full_lane_leaves_room_for_others_and_a_freed_place_can_be_taken() {
        let random = SeededRandom::default();
        let delivery = || DeliveryId::new(Timestamp(0), &random);
        let integration = || IntegrationId::new(Timestamp(0), &random);
        let lanes = Lanes::new(2, 3, Bell::default());
        let (slow, quick, third) = (integration(), integration(), integration());
        let first = delivery();
        let place = lanes.enter(first, slow).unwrap();
        assert!(lanes.enter(first, slow).is_none(), "it is under way");
        let _second = lanes.enter(delivery(), slow).unwrap();
        assert!(lanes.enter(delivery(), slow).is_none(), "the lane is full");
        let _other = lanes.enter(delivery(), quick).unwrap();
        assert!(
            lanes.enter(delivery(), third).is_none(),
            "the house is full"
        );
        assert_eq!(lanes.under_way(), 3);
        drop(place);
        assert!(lanes.enter(first, slow).is_some());
    }
}
