//! One good call for each operation of the API. The tests that walk all routes ask here, and fail for an operation that has
//! no line yet: a new route can't be forgotten.
#![expect(clippy::too_many_lines, reason = "a table, a line for each operation")]

use serde_json::{Value, json};

use crate::things::{Things, backup, every_hour, petstore, staging};

/// A call that succeeds.
#[derive(Debug, Clone)]
pub(crate) struct GoodCall {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Option<Value>,
    /// The least role that may make it; `None`: anybody, without a key.
    pub(crate) role: Option<String>,
    /// The path's pattern.
    pub(crate) pattern: String,
}

impl GoodCall {
    /// Whether it lets somebody in: what it needs is a password or a link.
    pub(crate) fn is_a_door(&self) -> bool {
        let doors = [
            "/session",
            "/session/link",
            "/invitations/accept",
            "/invitations/offer",
            "/hooks/{token}",
            "/incoming/{token}",
            "/session/oidc",
            "/session/oidc/callback",
        ];
        self.role.is_none() && doors.contains(&self.pattern.as_str())
    }

    /// Whether it is about what only the caller has: its session, its password, its own keys.
    pub(crate) fn is_personal(&self) -> bool {
        ["/me/sessions/{id}", "/me/password", "/me/api-keys/{id}"].contains(&self.pattern.as_str())
    }

    /// Whether the path names a thing.
    pub(crate) fn names_a_thing(&self) -> bool {
        // A tag is a word: nobody has it, and it is no error. A connector is everybody's.
        self.pattern.contains('{')
            && !self.pattern.contains("{slug}")
            && !self.pattern.starts_with("/connectors")
    }

    /// The same call on a thing that is not there.
    pub(crate) fn on_nothing(&self) -> Self {
        let nothing = "99999999-0192b3c4-0000-7000-8000-00000000dead";
        let bare = "0192b3c4-0000-7000-8000-00000000dead";
        let path = self
            .pattern
            .replace("{uid}", nothing)
            .replace("{id}", bare)
            .replace("{number}", "1")
            .replace("{kind}", "requests")
            .replace("{item}", bare)
            .replace("{slug}", bare)
            .replace("{request}", bare)
            .replace("{run}", bare)
            .replace("{thread}", "7")
            .replace("{comment}", "7");
        let path = if self.pattern == "/users/{id}" {
            "/users/7".to_owned()
        } else {
            path
        };
        Self {
            path,
            ..self.clone()
        }
    }
}

/// A good call for every operation that the API describes, in the order of the description.
pub(crate) fn all(things: &Things) -> Vec<GoodCall> {
    let description = serde_json::to_value(postern_api::openapi()).unwrap();
    let mut calls = Vec::new();
    for (pattern, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let method = method.to_uppercase();
            let (path, body) = example(things, &method, pattern);
            let role = operation["security"][0]["api_key"][0]
                .as_str()
                .map(str::to_owned);
            calls.push(GoodCall {
                method,
                path,
                body,
                role,
                pattern: pattern.clone(),
            });
        }
    }
    calls
}

fn example(things: &Things, method: &str, pattern: &str) -> (String, Option<Value>) {
    let id = match pattern.split('/').nth(1).unwrap_or_default() {
        "workspaces" => &things.workspace,
        "collections"
            if ["{kind}", "/restore", "/duplicates", "/comments"]
                .iter()
                .any(|part| pattern.contains(part)) =>
        {
            &things.other
        }
        "collections" if pattern.ends_with("/pulls") || pattern.ends_with("/source-status") => {
            &things.fork
        }
        "collections" => &things.collection,
        "deleted-collections" => &things.deleted,
        "environments" if pattern.ends_with("/pulls") => &things.environment_fork,
        "environments" => &things.environment,
        "monitors" => &things.monitor,
        "integrations" => &things.integration,
        "deliveries" if pattern.ends_with("/release") => &things.held,
        "deliveries" => &things.delivery,
        "runs" => &things.run,
        "replays" => &things.replay,
        "collection-duplicate-tasks" | "collection-updates-tasks" | "collection-merges-tasks" => {
            &things.other
        }
        "users" => &things.user,
        "sources" => &things.source,
        "inboxes" => &things.inbox,
        "incoming-hooks" => &things.incoming_hook,
        "connectors" => "slack",
        "invitations" => &things.invitation,
        _ => &things.api_key,
    };
    let path = pattern
        .replace("{uid}", id)
        .replace("{id}", id)
        .replace("{number}", "1")
        .replace("{kind}", "requests")
        .replace("{item}", &things.request)
        .replace("{slug}", "pets")
        .replace("{request}", &things.inbox_request)
        .replace("{run}", &things.run)
        .replace("{thread}", &things.comment)
        .replace(
            "{comment}",
            if pattern.contains("{kind}") {
                &things.item_comment
            } else {
                &things.comment
            },
        );
    let path = if pattern == "/invitations/offer" {
        format!("{path}?token=x")
    } else {
        path
    };
    let body = match (method, pattern) {
        ("POST", "/workspaces") | ("PUT", "/workspaces/{id}") => {
            Some(json!({"workspace": {"name": "Payments", "type": "team", "description": "Cards"}}))
        }
        ("POST", "/collections") | ("PUT", "/collections/{uid}") => {
            Some(json!({"collection": petstore()}))
        }
        ("PATCH", "/collections/{uid}") => Some(json!({"collection": {"info": {"name": "Pets"}}})),
        ("POST", "/collections/{uid}/duplicates") => Some(json!({"workspace": things.workspace})),
        ("PUT", "/collections/{uid}/tags" | "/workspaces/{id}/tags") => {
            Some(json!({"tags": [{"slug": "pets"}]}))
        }
        ("PUT", "/workspaces/{id}/global-variables") => {
            Some(json!({"values": [{"key": "host", "value": "a"}]}))
        }
        ("POST", "/collection-folders-transfers") => {
            Some(transfer(&things.folder, "collection", &things.other, "end"))
        }
        ("POST", "/collection-requests-transfers") => {
            Some(transfer(&things.request, "folder", &things.folder, "end"))
        }
        ("POST", "/collection-responses-transfers") => Some(transfer(
            &things.response,
            "request",
            &things.request,
            "start",
        )),
        ("POST", "/workspaces/{id}/element-transfers") => {
            Some(json!({"id": things.environment, "type": "environment", "to": things.workspace}))
        }
        ("POST", "/environments/{uid}/forks") => Some(json!({"forkName": "Mine"})),
        ("POST", "/environments/{uid}/merges") => Some(json!({"source": things.environment_fork})),
        ("POST", "/environments/{uid}/pulls") => Some(json!({"source": things.environment})),
        ("PATCH", "/environments/{uid}") => {
            Some(json!([{"op": "replace", "path": "/name", "value": "Stage"}]))
        }
        ("POST" | "PUT", _) if pattern.contains("/comments") && pattern.starts_with("/coll") => {
            Some(json!({"body": "Nice"}))
        }
        ("POST", "/collections/{uid}/restore") => Some(json!({"restore": {"version": 1}})),
        ("POST" | "PUT", "/collections/{uid}/{kind}" | "/collections/{uid}/{kind}/{item}") => {
            Some(json!({"name": "Add a pet", "method": "POST", "url": "{{host}}/pets"}))
        }
        ("POST", "/environments") | ("PUT", "/environments/{uid}") => Some(staging()),
        ("POST", "/monitors") => Some(every_hour(&things.collection)),
        ("PUT", "/monitors/{uid}") => {
            Some(json!({"monitor": {"name": "Nightly", "active": false}}))
        }
        ("POST", "/integrations/{id}/transform") => {
            Some(json!({"transform": "const handler = (webhook) => webhook"}))
        }
        ("POST", "/replays") => Some(json!({"replay": {"states": ["exhausted"], "rate": 10}})),
        ("POST", "/integrations/{id}/test" | "/monitors/{uid}/run") => {
            return (format!("{path}?async=true"), None);
        }
        ("POST", "/integrations") | ("PUT", "/integrations/{id}") => Some(backup()),
        ("PATCH", "/integrations/{id}") => {
            Some(json!({"integration": {"name": "Backup to Crate"}}))
        }
        ("POST", "/events") => {
            Some(json!({"event": {"type": "build.finished", "payload": {"number": 7}}}))
        }
        ("POST", "/import/openapi") => Some(json!({"type": "json", "input": spec()})),
        ("POST", "/imports") => Some(spec()),
        ("POST", "/collections/fork/{uid}") => Some(json!({"label": "Mine"})),
        ("POST", "/collections/merge") | ("PUT", "/collection-merges") => {
            Some(json!({"source": things.fork, "destination": things.other, "strategy": "default"}))
        }
        ("POST", "/sources") => Some(
            json!({"source": {"name": "Shop", "type": "url", "url": "https://example.com/openapi.yaml", "headers": {"X-Key": "k"}}}),
        ),
        ("PATCH", "/sources/{id}") => Some(json!({"source": {"name": "Shop 2"}})),
        ("POST", "/incoming-hooks") => Some(
            json!({"incomingHook": {"name": "On push", "kind": "github", "source": things.source, "branches": ["main"]}}),
        ),
        ("PATCH", "/incoming-hooks/{id}") => {
            Some(json!({"incomingHook": {"name": "On release", "events": ["release"]}}))
        }
        ("POST", "/inboxes") => Some(json!({"inbox": {"name": "Try out"}})),
        ("PATCH", "/inboxes/{id}") => Some(json!({"inbox": {"answer": {"status": 503}}})),
        ("POST", "/webhooks") => {
            Some(json!({"webhook": {"name": "On push", "collection": things.collection}}))
        }
        ("POST", "/session") => Some(json!({"email": "ada@example.com", "password": "wrong"})),
        ("POST", "/session/link") => Some(json!({"token": "in_nothing"})),
        ("PATCH", "/me") => Some(json!({"me": {"username": "somebody"}})),
        ("PATCH", "/team") => Some(json!({"team": {"name": "Payments"}})),
        ("PUT", "/me/password") => {
            Some(json!({"currentPassword": "wrong", "newPassword": "correct horse"}))
        }
        ("POST", "/invitations") => Some(json!({"invitation": {"role": "viewer"}})),
        ("POST", "/invitations/accept") => {
            Some(json!({"token": "x", "fullName": "Eve", "password": "correct horse"}))
        }
        ("PATCH", "/users/{id}") => Some(json!({"user": {"role": "editor"}})),
        ("PATCH", "/workspaces/{id}/roles") => Some(
            json!({"roles": [{"op": "add", "path": "/user", "value": [{"id": things.user, "role": "2"}]}]}),
        ),
        ("POST", "/api-keys" | "/me/api-keys") => {
            Some(json!({"apiKey": {"name": "CI", "role": "viewer"}}))
        }
        ("GET" | "DELETE", _)
        | ("PUT", "/collections/{uid}/pulls")
        | (
            "POST",
            "/hooks/{token}"
            | "/incoming/{token}"
            | "/incoming-hooks/{id}/rotate-secret"
            | "/sources/{id}/sync"
            | "/integrations/{id}/pause"
            | "/integrations/{id}/resume"
            | "/integrations/{id}/discard"
            | "/integrations/{id}/rotate-secret"
            | "/deliveries/{id}/redeliver"
            | "/deliveries/{id}/release"
            | "/deliveries/{id}/cancel"
            | "/replays/{id}/cancel"
            | "/deleted-collections/{uid}/restore"
            | "/comments-resolutions/{thread}",
        ) => None,
        _ => panic!("tests/it/calls.rs has no good call for {method} {pattern}: add one"),
    };
    (path, body)
}

fn spec() -> Value {
    json!({"openapi": "3.0.0", "info": {"title": "Pets"}, "paths": {"/pets": {"get": {}}}})
}

fn transfer(id: &str, model: &str, target: &str, position: &str) -> Value {
    json!({"ids": [id], "mode": "copy", "target": {"id": target, "model": model}, "location": {"position": position}})
}
