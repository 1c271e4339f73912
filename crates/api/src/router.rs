//! The table of contents: every route, one line each.

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Api;
use crate::caller::authenticate;
use crate::compress::compression;
use crate::error::{ApiError, ErrorName};
use crate::idempotency::honour_key;
use crate::openapi::Description;
use crate::rate::limit_rate;
use crate::request_log::log_request;
use crate::routes::{
    about, activities, api_keys, audit_logs, collections, comments, connectors,
    deleted_collections, deliveries, environments, events, forks, health, imports, inboxes,
    incoming_hooks, integrations, invitations, me, monitors, replays, runs, session, settings,
    sources, status, stream, tags, team, transfers, users, webhooks, workspaces,
};
use crate::web;

/// Everything under `/api`, with its description.
fn api_routes() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(postman_things())
        .merge(postman_words())
        .merge(what_is_kept())
        .merge(what_is_sent())
        .merge(people())
}

/// Postman's resources, in Postman's shapes.
fn postman_things() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        // Who the caller is.
        .routes(routes!(me::get::get_me, me::change::change_me))
        .routes(routes!(
            workspaces::list::list_workspaces,
            workspaces::create::create_workspace
        ))
        .routes(routes!(
            workspaces::get::get_workspace,
            workspaces::update::update_workspace,
            workspaces::delete::delete_workspace
        ))
        .routes(routes!(workspaces::activities::list_workspace_activities))
        .routes(routes!(
            collections::list::list_collections,
            collections::create::create_collection
        ))
        .routes(routes!(
            collections::get::get_collection,
            collections::replace::replace_collection,
            collections::change::change_collection,
            collections::delete::delete_collection
        ))
        .routes(routes!(collections::items::create::create_item))
        .routes(routes!(
            collections::items::get::get_item,
            collections::items::update::update_item,
            collections::items::delete::delete_item
        ))
        .routes(routes!(
            environments::list::list_environments,
            environments::create::create_environment
        ))
        .routes(routes!(
            environments::get::get_environment,
            environments::replace::replace_environment,
            environments::change::change_environment,
            environments::delete::delete_environment
        ))
        .routes(routes!(
            environments::forks::list::list_environment_forks,
            environments::forks::create::fork_environment
        ))
        .routes(routes!(environments::forks::merge::merge_environment))
        .routes(routes!(environments::forks::pull::pull_environment))
        .routes(routes!(
            monitors::list::list_monitors,
            monitors::create::create_monitor
        ))
        .routes(routes!(
            monitors::get::get_monitor,
            monitors::replace::replace_monitor,
            monitors::delete::delete_monitor
        ))
        .routes(routes!(monitors::run::run_monitor))
        .routes(routes!(monitors::executions::list_executions))
        .routes(routes!(monitors::executions::list_runs_of_execution))
        .routes(routes!(monitors::executions::get_run_results))
        .routes(routes!(webhooks::create::create_webhook))
        .routes(routes!(webhooks::call::call_webhook))
        .routes(routes!(collections::update_task::get_update_task))
}

/// What Postman's API has beside them: people, tags, comments, copies, transfers.
fn postman_words() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(users::list::list_users))
        .routes(routes!(
            users::get::get_user,
            users::change::change_user,
            users::remove::remove_user
        ))
        .routes(routes!(
            workspaces::roles::get_workspace_roles,
            workspaces::roles::change_workspace_roles
        ))
        .routes(routes!(workspaces::roles::list_roles))
        .routes(routes!(forks::create::fork_collection))
        .routes(routes!(forks::list::list_forks))
        .routes(routes!(forks::list::list_own_forks))
        .routes(routes!(forks::merge::merge_fork))
        .routes(routes!(forks::merge::merge_or_pull))
        .routes(routes!(forks::merge_task::get_merge_task))
        .routes(routes!(forks::pull::pull_changes))
        .routes(routes!(forks::source_status::get_source_status))
        .routes(routes!(collections::roles::get_collection_roles))
        .routes(routes!(collections::transformations::transform_collection))
        .routes(routes!(imports::openapi::import_openapi))
        .routes(routes!(audit_logs::list::list_audit_logs))
        .routes(routes!(audit_logs::actions::list_audit_actions))
        .routes(routes!(
            workspaces::globals::get::get_globals,
            workspaces::globals::replace::replace_globals
        ))
        .routes(routes!(
            tags::of_workspace::get_workspace_tags,
            tags::of_workspace::put_workspace_tags
        ))
        .routes(routes!(
            tags::of_collection::get_collection_tags,
            tags::of_collection::put_collection_tags
        ))
        .routes(routes!(
            comments::of_collections::list_collection_comments,
            comments::of_collections::create_collection_comment
        ))
        .routes(routes!(
            comments::of_collections::update_collection_comment,
            comments::of_collections::delete_collection_comment
        ))
        .routes(routes!(
            comments::of_items::list_item_comments,
            comments::of_items::create_item_comment
        ))
        .routes(routes!(
            comments::of_items::update_item_comment,
            comments::of_items::delete_item_comment
        ))
        .routes(routes!(comments::resolve::resolve_thread))
        .routes(routes!(transfers::items::transfer_folders))
        .routes(routes!(transfers::items::transfer_requests))
        .routes(routes!(transfers::items::transfer_responses))
        .routes(routes!(transfers::elements::transfer_element))
        .routes(routes!(tags::entities::list_entities))
        .routes(routes!(collections::duplicate::duplicate_collection))
        .routes(routes!(collections::duplicate_task::get_duplicate_task))
}

/// What Postman's API does not have: what is kept, and what is looked after.
fn what_is_kept() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(imports::create::create_import))
        .routes(routes!(
            sources::list::list_sources,
            sources::create::create_source
        ))
        .routes(routes!(
            sources::get::get_source,
            sources::change::change_source,
            sources::delete::delete_source
        ))
        .routes(routes!(sources::sync::sync_source))
        .routes(routes!(collections::versions::list_versions))
        .routes(routes!(collections::version::get_version))
        .routes(routes!(collections::changes::list_changes))
        .routes(routes!(collections::changelog::get_changelog))
        .routes(routes!(collections::restore::restore_collection))
        .routes(routes!(deleted_collections::list::list_deleted_collections))
        .routes(routes!(
            deleted_collections::restore::restore_deleted_collection
        ))
        .routes(routes!(monitors::runs::list_runs))
        .routes(routes!(monitors::recent_runs::list_recent_runs))
        .routes(routes!(monitors::requests::list_requests))
        .routes(routes!(runs::get::get_run))
        .routes(routes!(activities::list::list_activities))
        .routes(routes!(stream::listen::listen))
        // For admins.
        .routes(routes!(
            api_keys::list::list_api_keys,
            api_keys::create::create_api_key
        ))
        .routes(routes!(api_keys::delete::delete_api_key))
        .routes(routes!(status::get::get_status))
        .routes(routes!(settings::list::list_settings))
        // For everybody.
        .routes(routes!(about::openapi::get_openapi))
}

/// What goes out and comes in: integrations and their deliveries, inboxes, incoming hooks.
fn what_is_sent() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(connectors::list::list_connectors))
        .routes(routes!(connectors::get::get_connector))
        .routes(routes!(
            integrations::list::list_integrations,
            integrations::create::create_integration
        ))
        .routes(routes!(
            integrations::get::get_integration,
            integrations::replace::replace_integration,
            integrations::change::change_integration,
            integrations::delete::delete_integration
        ))
        .routes(routes!(integrations::health::list::list_health))
        .routes(routes!(integrations::health::get::get_health))
        .routes(routes!(integrations::pause::pause_integration))
        .routes(routes!(integrations::resume::resume_integration))
        .routes(routes!(integrations::discard::discard_held))
        .routes(routes!(integrations::test::test_integration))
        .routes(routes!(integrations::transform::try_transform))
        .routes(routes!(integrations::rotate_secret::rotate_secret))
        .routes(routes!(
            integrations::deliveries::list_integration_deliveries
        ))
        .routes(routes!(
            inboxes::list::list_inboxes,
            inboxes::create::create_inbox
        ))
        .routes(routes!(
            inboxes::get::get_inbox,
            inboxes::change::change_inbox,
            inboxes::delete::delete_inbox
        ))
        .routes(routes!(
            inboxes::requests::list::list_inbox_requests,
            inboxes::requests::empty::empty_inbox
        ))
        .routes(routes!(
            inboxes::requests::get::get_inbox_request,
            inboxes::requests::delete::delete_inbox_request
        ))
        .routes(routes!(inboxes::requests::body::get_inbox_request_body))
        .routes(routes!(
            incoming_hooks::list::list_incoming_hooks,
            incoming_hooks::create::create_incoming_hook
        ))
        .routes(routes!(
            incoming_hooks::get::get_incoming_hook,
            incoming_hooks::change::change_incoming_hook,
            incoming_hooks::delete::delete_incoming_hook
        ))
        .routes(routes!(
            incoming_hooks::rotate_secret::rotate_incoming_secret
        ))
        .routes(routes!(incoming_hooks::call::call_incoming_hook))
        .routes(routes!(deliveries::list::list_deliveries))
        .routes(routes!(deliveries::get::get_delivery))
        .routes(routes!(deliveries::redeliver::redeliver))
        .routes(routes!(deliveries::release::release_delivery))
        .routes(routes!(deliveries::cancel::cancel_delivery))
        .routes(routes!(
            replays::list::list_replays,
            replays::create::create_replay
        ))
        .routes(routes!(replays::get::get_replay))
        .routes(routes!(replays::cancel::cancel_replay))
        .routes(routes!(events::publish::publish_event))
}

/// Who comes in, and how.
fn people() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(
            session::get::get_session,
            session::sign_in::sign_in,
            session::end::end_session
        ))
        .routes(routes!(session::link::sign_in_by_link))
        .routes(routes!(session::ways::get_ways))
        .routes(routes!(session::oidc::start_oidc))
        .routes(routes!(session::oidc::finish_oidc))
        .routes(routes!(team::get::get_team, team::change::change_team))
        .routes(routes!(me::password::put_password))
        .routes(routes!(me::sessions::list_sessions))
        .routes(routes!(me::sessions::delete_session))
        .routes(routes!(
            me::api_keys::list_own_keys,
            me::api_keys::create_own_key
        ))
        .routes(routes!(me::api_keys::delete_own_key))
        .routes(routes!(
            invitations::list::list_invitations,
            invitations::create::create_invitation
        ))
        .routes(routes!(invitations::delete::delete_invitation))
        .routes(routes!(invitations::offer::get_offer))
        .routes(routes!(invitations::accept::accept_invitation))
}

/// The description of the API, as `GET /api/openapi.json` answers it and `docs/openapi.json` holds it.
pub fn openapi() -> Document {
    api_routes().into_openapi()
}

/// All routes with everything that stands in front of them.
pub(crate) fn build(api: Api) -> Router {
    let (routes, _) = api_routes().split_for_parts();
    let routes = routes
        .route_layer(from_fn_with_state(api.clone(), honour_key))
        .route_layer(from_fn_with_state(api.clone(), limit_rate))
        .route_layer(from_fn_with_state(api.clone(), authenticate))
        .layer(compression());
    let doors = if api.config().answers {
        Router::new()
            .nest("/api", routes)
            // For whoever sends to an inbox.
            .route("/in/{token}", any(inboxes::receive::receive))
            .route("/in/{token}/", any(inboxes::receive::receive))
            .route("/in/{token}/{*rest}", any(inboxes::receive::receive))
    } else {
        Router::new()
    };
    doors
        // For machines that watch the server.
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        // The web app, and what is nothing at all.
        .fallback(web::serve)
        .method_not_allowed_fallback(no_method)
        .layer(DefaultBodyLimit::max(api.config().limits.body_bytes))
        .layer(from_fn_with_state(api.clone(), log_request))
        .with_state(api)
}

/// There is nothing at this path.
pub(crate) fn no_route(uri: &http::Uri) -> ApiError {
    ApiError::not_found("route", uri.path())
}

async fn no_method(method: http::Method, pattern: Option<MatchedPath>, uri: http::Uri) -> ApiError {
    // `/collections/{uid}/{kind}` is there for three words, and not for all that Postman's API has in that place.
    let last = uri.path().rsplit('/').next().unwrap_or_default();
    if pattern.is_some_and(|it| it.as_str().ends_with("/{kind}"))
        && collections::items::kind_of(last).is_err()
    {
        return no_route(&uri);
    }
    ApiError::new(
        ErrorName::MethodNotAllowed,
        format!("{} does not take {method}", uri.path()),
    )
}
