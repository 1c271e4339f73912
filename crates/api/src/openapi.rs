//! The description of the API: what stands in no single handler.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::error::ErrorBody;

/// Title, key schemes and tags; `router.rs` adds the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Postern",
        description = "Keeps a team's API collections, runs them on a schedule, and sends what happens to any URL.\n\n\
            Postman's conventions throughout: camelCase, a wrapper object named after the resource, and failures as \
            `{\"error\": {\"name\", \"message\", \"details\"?}}` (the names: docs/error-names.md). Ids in paths may be a \
            thing's uid (`<owner>-<id>`) or its bare id. Times are ISO 8601 in UTC. Every POST honours `Idempotency-Key`: the \
            same key with the same request gets the first answer again for 24 hours.\n\n\
            The word in each operation's security requirement is the least role that its key must have."
    ),
    servers((url = "/api")),
    components(schemas(ErrorBody)),
    modifiers(&Keys),
    tags(
        (name = "me", description = "Who the caller is, and its own keys, sessions and password."),
        (name = "session", description = "Signing in and out with a browser."),
        (name = "people", description = "Invitations, and who gave whom what rights."),
        (name = "workspaces", description = "Folders of collections, environments and monitors."),
        (name = "collections", description = "Postman Collection documents and their versions."),
        (name = "sources", description = "Where collections and environments come from by themselves."),
        (name = "imports", description = "What other tools keep, taken in."),
        (name = "environments", description = "Named sets of variables."),
        (name = "monitors", description = "Collections that run on a schedule, and their runs."),
        (name = "integrations", description = "What happens, sent to any URL."),
        (name = "connectors", description = "What integrations can be made with, and what their forms ask for."),
        (name = "inboxes", description = "Receivers of the server's own: what they are sent can be looked at."),
        (name = "incoming-hooks", description = "Addresses that GitHub, GitLab and others call, signed, when something was pushed."),
        (name = "deliveries", description = "One event for one integration, and each attempt at it."),
        (name = "events", description = "Events of the team's own."),
        (name = "activities", description = "Who changed what, and when."),
        (name = "stream", description = "Word of what has changed, as it changes."),
        (name = "api-keys", description = "Keys to this API."),
        (name = "about", description = "This description, and how the server stands."),
    )
)]
pub(crate) struct Description;

struct Keys;

impl Modify for Keys {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        for (name, scheme) in [
            (
                "api_key",
                SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Api-Key"))),
            ),
            (
                "api_key_in_query",
                SecurityScheme::ApiKey(ApiKey::Query(ApiKeyValue::new("apikey"))),
            ),
            (
                "bearer",
                SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
            ),
        ] {
            components.add_security_scheme(name, scheme);
        }
    }
}
