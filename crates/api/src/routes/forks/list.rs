//! `GET /collections/{uid}/forks` and `GET /collections/collection-forks`.

use axum::Json;
use axum::extract::State;
use postern_model::{Collection, Fork};
use postern_storage::Tx;
use serde::Deserialize;

use crate::Api;
use crate::caller::{Caller, Identity, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::PageParams;
use crate::params::{Params, PathText};
use crate::shapes::fork::{ForkList, ForkMeta, ForkView, OwnFork, OwnForkList};

/// In which order.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Order {
    /// By the time that they were made: `asc` (default) or `desc`.
    direction: Option<String>,
}

impl Order {
    /// Puts what is in the order of time in the order that is wanted.
    pub(crate) fn arrange<T>(&self, seen: &mut [T]) -> Result<(), ApiError> {
        match self.direction.as_deref() {
            None | Some("asc") => {}
            Some("desc") => seen.reverse(),
            Some(_) => return Err(ApiError::invalid("direction", "must be asc or desc")),
        }
        Ok(())
    }
}

/// Lists the forks of a collection.
#[utoipa::path(
    get, path = "/collections/{uid}/forks", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The source's uid or id."), Order, PageParams),
    responses((status = 200, description = "Those that the caller may see.", body = ForkList)),
)]
pub(crate) async fn list_forks(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(order): Params<Order>,
    Params(page): Params<PageParams>,
) -> Result<Json<ForkList>, ApiError> {
    let page = page.by_offset()?;
    let mut tx = api.store().read().await?;
    let source = find::collection(&mut tx, &caller, &uid).await?;
    let all = tx.forks().of_source(caller.team, source.id).await?;
    let (seen, _) = seen(&mut tx, &caller, all, &order).await?;
    let total = seen.len();
    let (part, meta) = page.cut(page.part(seen));
    let people = tx.memberships().list(caller.team).await?;
    let maker = |fork: &Fork| {
        let mut people = people.iter();
        let known = people.find(|it| it.user.id == fork.created_by);
        known.map(|it| it.user.full_name.clone())
    };
    Ok(Json(ForkList {
        data: part
            .iter()
            .map(|(fork, made)| ForkView::of(fork, made, maker(fork)))
            .collect(),
        meta: ForkMeta::of(total, meta),
    }))
}

/// Lists the forks that the caller has made.
#[utoipa::path(
    get, path = "/collections/collection-forks", tag = "collections",
    security(("api_key" = ["viewer"])),
    params(Order, PageParams),
    responses((status = 200, description = "The caller's forks.", body = OwnForkList)),
)]
pub(crate) async fn list_own_forks(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    Params(order): Params<Order>,
    Params(page): Params<PageParams>,
) -> Result<Json<OwnForkList>, ApiError> {
    let page = page.by_offset()?;
    let mut tx = api.store().read().await?;
    let all = tx.forks().of_maker(caller.team, caller.user.id).await?;
    let (seen, hidden) = seen(&mut tx, &caller, all, &order).await?;
    drop(tx);
    let total = seen.len();
    let (part, meta) = page.cut(page.part(seen));
    Ok(Json(OwnForkList {
        data: part
            .iter()
            .map(|(fork, made)| OwnFork::of(fork, made))
            .collect(),
        meta: ForkMeta::of(total, meta).with_hidden(hidden),
    }))
}

/// Those whose collections the caller may see, with these; and how many there are besides.
async fn seen(
    tx: &mut Tx,
    caller: &Identity,
    all: Vec<Fork>,
    order: &Order,
) -> Result<(Vec<(Fork, Collection)>, usize), ApiError> {
    let count = all.len();
    let mut seen = Vec::with_capacity(count);
    for fork in all {
        let made = tx.collections().get(caller.team, fork.fork).await?;
        let made = made.filter(|it| caller.sees(Some(it.workspace)));
        seen.extend(made.map(|made| (fork, made)));
    }
    order.arrange(&mut seen)?;
    let hidden = count - seen.len();
    Ok((seen, hidden))
}
