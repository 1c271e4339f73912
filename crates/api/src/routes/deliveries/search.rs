//! Many wishes at once: each is read by its own index, and the pages are put together.

use std::collections::HashSet;

use postern_model::{DeliveryId, EventId, EventKind, IntegrationId, TeamId};
use postern_storage::{
    DeliveryFilter, DeliveryRecord, DeliveryStateName, IntegrationFilter, Page, PageRequest, Tx,
};
use uuid::Uuid;

use crate::error::ApiError;

/// The most lists that are put together; where there would be more, all deliveries are read and those that are wanted kept.
const MOST_LISTS: usize = 24;

/// Which deliveries are asked for.
pub(crate) struct Wanted {
    common: DeliveryFilter,
    states: Vec<DeliveryStateName>,
    kinds: Vec<EventKind>,
    q: String,
}

/// Where they are read.
pub(super) struct Sources {
    lists: Vec<DeliveryFilter>,
    /// One that is asked for by its id.
    by_id: Option<DeliveryId>,
    /// What each must be besides.
    states: Vec<DeliveryStateName>,
    kinds: Vec<EventKind>,
    integrations: Option<HashSet<IntegrationId>>,
    common: DeliveryFilter,
}

impl Wanted {
    /// Those with one of these states, of one of these kinds of events, and that this word finds; nothing named is all.
    pub(super) fn new(
        common: DeliveryFilter,
        states: Vec<DeliveryStateName>,
        kinds: Vec<EventKind>,
        q: &str,
    ) -> Self {
        Self {
            common,
            states,
            kinds,
            q: q.to_lowercase(),
        }
    }

    /// Only those for this integration.
    pub(crate) fn of(&mut self, integration: IntegrationId) {
        self.common.integration = Some(integration);
    }

    /// The lists that all of them are in.
    pub(super) async fn sources(&self, tx: &mut Tx, team: TeamId) -> Result<Sources, ApiError> {
        let mut sources = Sources {
            lists: Vec::new(),
            by_id: None,
            states: self.states.clone(),
            kinds: self.kinds.clone(),
            integrations: None,
            common: self.common.clone(),
        };
        let mut base = self.common.clone();
        if let [kind] = self.kinds[..] {
            base.event = Some(kind);
        }
        let mut places = vec![base.clone()];
        if let Ok(id) = Uuid::try_parse(&self.q) {
            sources.by_id = Some(DeliveryId(id));
            places[0].of_event = Some(EventId(id));
        } else if !self.q.is_empty() {
            let ids = self.named(tx, team).await?;
            if ids.len() <= MOST_LISTS {
                places = ids
                    .iter()
                    .map(|id| DeliveryFilter {
                        integration: Some(*id),
                        ..base.clone()
                    })
                    .collect();
            }
            sources.integrations = Some(ids);
        }
        if self.states.is_empty() || places.len() * self.states.len() > MOST_LISTS {
            sources.lists = places;
            return Ok(sources);
        }
        for place in places {
            sources
                .lists
                .extend(self.states.iter().map(|state| DeliveryFilter {
                    state: Some(*state),
                    ..place.clone()
                }));
        }
        Ok(sources)
    }

    /// The integrations that have the word in their names.
    async fn named(&self, tx: &mut Tx, team: TeamId) -> Result<HashSet<IntegrationId>, ApiError> {
        let filter = IntegrationFilter::default();
        let all = tx.integrations().list(team, &filter).await?.into_iter();
        let mut fitting: HashSet<IntegrationId> = all
            .filter(|it| it.name.to_lowercase().contains(&self.q))
            .map(|it| it.id)
            .collect();
        if let Some(only) = self.common.integration {
            fitting.retain(|id| *id == only);
        }
        Ok(fitting)
    }
}

impl Sources {
    /// A page of all lists together.
    pub(super) async fn read(
        &self,
        tx: &mut Tx,
        team: TeamId,
        page: PageRequest,
    ) -> Result<Page<DeliveryRecord>, ApiError> {
        let mut items = Vec::new();
        let mut more = false;
        for list in &self.lists {
            let read = tx.deliveries().list(team, list, page).await?;
            more |= read.next.is_some();
            items.extend(read.items);
        }
        if let Some(id) = self.by_id
            && page.after.is_none_or(|after| id.0 < after)
        {
            items.extend(tx.deliveries().get(team, id).await?);
        }
        items.sort_by_key(|it: &DeliveryRecord| std::cmp::Reverse(it.delivery.id.0));
        items.dedup_by_key(|it| it.delivery.id);
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        more |= items.len() > limit;
        items.truncate(limit);
        let last = items.last().map(|it| it.delivery.id.0);
        Ok(Page {
            items,
            next: last.filter(|_| more),
        })
    }

    /// Whether one of a list is wanted.
    pub(super) fn wants(&self, it: &DeliveryRecord) -> bool {
        let delivery = &it.delivery;
        let state = delivery.state.as_str();
        (self.states.is_empty() || self.states.iter().any(|it| it.as_str() == state))
            && (self.kinds.is_empty() || self.kinds.contains(&it.event_kind))
            && self
                .integrations
                .as_ref()
                .is_none_or(|ids| ids.contains(&delivery.integration))
            && self
                .common
                .integration
                .is_none_or(|id| id == delivery.integration)
            && self.common.since.is_none_or(|at| at <= delivery.created_at)
            && self.common.until.is_none_or(|at| delivery.created_at < at)
    }
}
