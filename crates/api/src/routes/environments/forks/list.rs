//! `GET /environments/{uid}/forks`.

use axum::Json;
use axum::extract::State;

use crate::Api;
use crate::caller::{Caller, Viewer};
use crate::error::ApiError;
use crate::find;
use crate::page::PageParams;
use crate::params::{Params, PathText};
use crate::routes::forks::list::Order;
use crate::shapes::environment_fork::{EnvironmentForkList, EnvironmentForkView};
use crate::shapes::fork::ForkMeta;

/// Lists the forks of an environment.
#[utoipa::path(
    get, path = "/environments/{uid}/forks", tag = "environments",
    security(("api_key" = ["viewer"])),
    params(("uid" = String, Path, description = "The source's uid or id."), Order, PageParams),
    responses((status = 200, description = "Those that the caller may see.", body = EnvironmentForkList)),
)]
pub(crate) async fn list_environment_forks(
    State(api): State<Api>,
    caller: Caller<Viewer>,
    PathText(uid): PathText<String>,
    Params(order): Params<Order>,
    Params(page): Params<PageParams>,
) -> Result<Json<EnvironmentForkList>, ApiError> {
    let page = page.by_offset()?;
    let mut tx = api.store().read().await?;
    let source = find::environment(&mut tx, &caller, &uid).await?;
    let all = tx
        .environment_forks()
        .of_source(caller.team, source.id)
        .await?;
    let mut seen = Vec::with_capacity(all.len());
    for fork in all {
        let made = tx.environments().get(caller.team, fork.fork).await?;
        let made = made.filter(|it| caller.sees(Some(it.workspace)));
        seen.extend(made.map(|made| (fork, made)));
    }
    order.arrange(&mut seen)?;
    let people = tx.memberships().list(caller.team).await?;
    drop(tx);
    let total = seen.len();
    let (part, meta) = page.cut(page.part(seen));
    let data = part.iter().map(|(fork, made)| {
        let maker = people.iter().find(|it| it.user.id == fork.created_by);
        EnvironmentForkView::of(fork, made, maker.map(|it| it.user.full_name.clone()))
    });
    Ok(Json(EnvironmentForkList {
        data: data.collect(),
        meta: ForkMeta::of(total, meta),
    }))
}
