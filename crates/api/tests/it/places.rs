//! Workspaces that are not open to the team, and keys for some workspaces: nothing of what is in them is there for others.

use serde_json::{Value, json};

use crate::house::{ADMIN, EDITOR, House, VIEWER, houses, text};
use crate::things::{every_hour, petstore, staging};

/// A closed workspace of the editor's, with one of each thing in it.
struct Closed {
    workspace: String,
    /// Paths of what is in it.
    paths: Vec<String>,
    /// Words that no list may hold.
    ids: Vec<String>,
    collection: String,
}

impl House {
    async fn closed_workspace(&self) -> Closed {
        let new = json!({"workspace": {"name": "Payroll", "type": "private"}});
        let workspace = text(&self.post("/workspaces", new).await.ok()["workspace"]["id"]);
        let within = format!("?workspace={workspace}");
        let collection = json!({"collection": petstore()});
        let collection = self
            .post(&format!("/collections{within}"), collection)
            .await
            .ok();
        let collection = text(&collection["collection"]["uid"]);
        let environment = self
            .post(&format!("/environments{within}"), staging())
            .await
            .ok();
        let environment = text(&environment["environment"]["uid"]);
        let monitor = self
            .post(&format!("/monitors{within}"), every_hour(&collection))
            .await
            .ok();
        let monitor = text(&monitor["monitor"]["uid"]);
        let run = self
            .post(&format!("/monitors/{monitor}/run?async=true"), Value::Null)
            .await
            .ok();
        let run = text(&run["run"]["info"]["jobId"]);
        let hook =
            json!({"incomingHook": {"name": "Inside", "kind": "generic", "monitor": monitor}});
        let hook = self.post("/incoming-hooks", hook).await.ok();
        let hook = text(&hook["incomingHook"]["id"]);
        let mut integrations = Vec::new();
        for (place, id) in [("workspace", &workspace), ("collection", &collection)] {
            let body = json!({"integration": {"name": "Inside", "event": "collection_backup", place: id,
                "config": {"url": "https://example.com"}}});
            integrations.push(text(
                &self.post("/integrations", body).await.ok()["integration"]["id"],
            ));
        }
        let deliveries = self
            .get(&format!("/integrations/{}/deliveries", integrations[0]))
            .await
            .ok();
        let delivery = text(&deliveries["deliveries"][0]["id"]);
        let gone = json!({"collection": petstore()});
        let gone = self.post(&format!("/collections{within}"), gone).await.ok();
        let gone = text(&gone["collection"]["uid"]);
        self.delete(&format!("/collections/{gone}")).await.ok();
        self.put(
            &format!("/collections/{collection}/tags"),
            json!({"tags": [{"slug": "pay"}]}),
        )
        .await
        .ok();
        let mut paths = vec![
            format!("/workspaces/{workspace}"),
            format!("/workspaces/{workspace}/activities"),
            format!("/workspaces/{workspace}/global-variables"),
            format!("/workspaces/{workspace}/roles"),
            format!("/collections/{collection}"),
            format!("/collections/{collection}/versions"),
            format!("/collections/{collection}/changelog"),
            format!("/collections/{collection}/comments"),
            format!("/collections?workspace={workspace}"),
            format!("/activities?collection={collection}"),
            format!("/environments/{environment}"),
            format!("/monitors/{monitor}"),
            format!("/monitors/{monitor}/runs"),
            format!("/runs/{run}"),
            format!("/incoming-hooks/{hook}"),
            format!("/incoming-hooks?monitor={monitor}"),
            format!("/deliveries/{delivery}"),
        ];
        paths.extend(integrations.iter().map(|id| format!("/integrations/{id}")));
        let mut ids = vec![
            workspace.clone(),
            collection.clone(),
            environment,
            monitor,
            delivery,
            gone,
            hook,
        ];
        ids.extend(integrations);
        Closed {
            workspace,
            paths,
            ids,
            collection,
        }
    }

    async fn change_role(
        &self,
        key: &str,
        workspace: &str,
        op: &str,
        user: i64,
        role: &str,
    ) -> u16 {
        let body = json!({"roles": [{"op": op, "path": "/user", "value": [{"id": user.to_string(), "role": role}]}]});
        let path = format!("/workspaces/{workspace}/roles");
        self.call(key, "PATCH", &path, Some(body))
            .await
            .status
            .as_u16()
    }
}

const LISTS: [&str; 11] = [
    "/workspaces",
    "/collections",
    "/environments",
    "/monitors",
    "/integrations",
    "/deliveries",
    "/incoming-hooks",
    "/activities",
    "/deleted-collections",
    "/tags/pay/entities",
    "/collections?limit=100",
];

impl Closed {
    /// Whether whoever has this key sees all of it, or nothing of it.
    async fn is_seen_by(&self, house: &House, key: &str) -> bool {
        let mut seen = Vec::new();
        for path in &self.paths {
            let answer = house.call(key, "GET", path, None).await;
            let status = answer.status.as_u16();
            assert!([200, 400, 404].contains(&status), "{path}: {answer:?}");
            seen.push((path.clone(), status == 200));
        }
        for path in LISTS {
            let list = house.call(key, "GET", path, None).await.ok().to_string();
            let all =
                self.ids.iter().any(|id| list.contains(id.as_str())) || list.contains("Payroll");
            seen.push((path.to_owned(), all));
        }
        let first = seen[0].1;
        assert!(seen.iter().all(|(_, it)| *it == first), "{seen:#?}");
        first
    }
}

#[tokio::test]
async fn a_closed_workspace_is_there_for_its_members_and_for_admins() {
    for house in houses().await {
        let closed = house.closed_workspace().await;
        assert!(
            closed.is_seen_by(&house, EDITOR).await,
            "its maker is in it"
        );
        assert!(
            closed.is_seen_by(&house, ADMIN).await,
            "admins are everywhere"
        );
        assert!(!closed.is_seen_by(&house, VIEWER).await, "others are not");

        // Let in, and out again.
        let viewer = 10_000_003;
        assert_eq!(
            house
                .change_role(EDITOR, &closed.workspace, "add", viewer, "1")
                .await,
            200
        );
        assert!(closed.is_seen_by(&house, VIEWER).await);
        assert_eq!(
            house
                .change_role(EDITOR, &closed.workspace, "remove", viewer, "1")
                .await,
            200
        );
        assert!(!closed.is_seen_by(&house, VIEWER).await);

        // Deleted, it is as closed as before.
        let path = format!("/workspaces/{}", closed.workspace);
        house.call(ADMIN, "DELETE", &path, None).await.ok();
        for path in LISTS {
            let list = house.call(VIEWER, "GET", path, None).await.ok().to_string();
            let shown = closed.ids.iter().find(|id| list.contains(id.as_str()));
            assert_eq!(shown, None, "{path}: {list}");
        }
    }
}

#[tokio::test]
async fn opened_it_is_there_for_all() {
    let house = House::sqlite().await;
    let closed = house.closed_workspace().await;
    let path = format!("/workspaces/{}", closed.workspace);
    house
        .put(&path, json!({"workspace": {"type": "team"}}))
        .await
        .ok();
    assert!(closed.is_seen_by(&house, VIEWER).await);
}

#[tokio::test]
async fn a_role_in_a_workspace_is_the_most_that_a_member_may_do_there() {
    let house = House::sqlite().await;
    let workspaces = house.get("/workspaces").await.ok();
    let workspace = text(&workspaces["workspaces"][0]["id"]);
    let made = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let path = format!("/collections/{}", text(&made["collection"]["uid"]));
    // The editor has not made it, and so does not run it.
    assert_eq!(
        house
            .change_role(EDITOR, &workspace, "add", 10_000_002, "3")
            .await,
        403
    );
    assert_eq!(
        house
            .change_role(ADMIN, &workspace, "add", 10_000_002, "1")
            .await,
        200
    );
    house.get(&path).await.ok();
    let answer = house.put(&path, json!({"collection": petstore()})).await;
    assert_eq!(answer.error(), (403, "forbiddenError".to_owned()));
    assert!(answer.message().contains("in this workspace"), "{answer:?}");
    // No more than the role in the team, whatever it says there.
    assert_eq!(
        house
            .change_role(ADMIN, &workspace, "add", 10_000_003, "3")
            .await,
        200
    );
    assert_eq!(
        house.call(VIEWER, "DELETE", &path, None).await.error().0,
        403
    );
    let roles = house
        .get(&format!("/workspaces/{workspace}/roles"))
        .await
        .ok();
    assert_eq!(roles["roles"][0]["user"], json!(["10000002"]));
    assert_eq!(roles["roles"][2]["user"], json!(["10000003"]));
    for (op, user, role) in [
        ("add", 7, "1"),
        ("add", 10_000_003, "4"),
        ("give", 10_000_003, "1"),
    ] {
        assert_eq!(
            house.change_role(ADMIN, &workspace, op, user, role).await,
            400
        );
    }
}

#[tokio::test]
async fn a_key_for_some_workspaces_opens_nothing_else() {
    for house in houses().await {
        let closed = house.closed_workspace().await;
        let others = house.get("/workspaces").await.ok();
        let open = others["workspaces"].as_array().unwrap();
        let open = text(&open.iter().find(|it| it["type"] == "team").unwrap()["id"]);
        let key = async |workspace: &str, role: &str| {
            let body = json!({"apiKey": {"name": "Few", "role": role, "workspaces": [workspace]}});
            house.call(EDITOR, "POST", "/me/api-keys", Some(body)).await
        };
        let few = text(&key(&open, "editor").await.ok()["apiKey"]["key"]);
        assert!(!closed.is_seen_by(&house, &few).await);
        let listed = house.call(&few, "GET", "/workspaces", None).await.ok();
        assert_eq!(listed["workspaces"].as_array().unwrap().len(), 1);
        let made = json!({"collection": petstore()});
        house
            .call(&few, "POST", "/collections", Some(made))
            .await
            .ok();
        let events = json!({"event": {"type": "a.b", "payload": {}}});
        let everywhere = json!({"integration": {"name": "All", "event": "team_activity", "config": {"url": "https://example.com"}}});
        let own = json!({"apiKey": {"name": "More", "role": "viewer"}});
        let workspace = json!({"workspace": {"name": "New", "type": "team"}});
        for (path, body) in [
            ("/events", events),
            ("/integrations", everywhere),
            ("/me/api-keys", own),
            ("/workspaces", workspace),
        ] {
            let answer = house.call(&few, "POST", path, Some(body)).await;
            assert_eq!(answer.error(), (403, "forbiddenError".to_owned()), "{path}");
        }
        let sessions = house.call(&few, "GET", "/me/sessions", None).await;
        assert_eq!(sessions.error(), (403, "forbiddenError".to_owned()));
        let closed_one = text(&key(&closed.workspace, "viewer").await.ok()["apiKey"]["key"]);
        assert!(closed.is_seen_by(&house, &closed_one).await);
        // Nobody makes a key for a place where the maker may not go.
        let body =
            json!({"apiKey": {"name": "Few", "role": "viewer", "workspaces": [closed.workspace]}});
        let answer = house.call(VIEWER, "POST", "/me/api-keys", Some(body)).await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
    }
}

#[tokio::test]
async fn what_happens_in_a_closed_workspace_is_told_to_who_names_it_alone() {
    for house in houses().await {
        let all = |options: Value| {
            json!({"integration": {"name": "All", "event": "collection_backup", "options": options,
                "config": {"url": "https://example.com"}}})
        };
        let closed = house.closed_workspace().await;
        let team = house.post("/integrations", all(json!({}))).await.ok();
        let team = text(&team["integration"]["id"]);
        let answer = house
            .post("/integrations", all(json!({"closedWorkspaces": true})))
            .await;
        assert_eq!(answer.error(), (403, "forbiddenError".to_owned()));
        let admins = house
            .call(
                ADMIN,
                "POST",
                "/integrations",
                Some(all(json!({"closedWorkspaces": true}))),
            )
            .await
            .ok();
        let admins = text(&admins["integration"]["id"]);
        let changed = json!({"collection": {"info": {"name": "Salaries"}}});
        house
            .call(
                EDITOR,
                "PATCH",
                &format!("/collections/{}", closed.collection),
                Some(changed),
            )
            .await
            .ok();
        let count = async |id: &str| {
            let path = format!("/integrations/{id}/deliveries");
            let list = house.call(ADMIN, "GET", &path, None).await.ok();
            list["deliveries"].as_array().unwrap().len()
        };
        assert_eq!(count(&team).await, 0);
        // The first backup, and the one that took its place.
        assert_eq!(count(&admins).await, 2);
        // What it tells the editor may not see, though it is the team's.
        assert_eq!(
            house
                .get(&format!("/integrations/{admins}"))
                .await
                .error()
                .0,
            404
        );
    }
}

#[tokio::test]
async fn items_are_not_taken_out_of_a_closed_workspace_by_who_is_not_in_it() {
    let house = House::sqlite().await;
    let new = json!({"workspace": {"name": "Admins", "type": "private"}});
    let place = house
        .call(ADMIN, "POST", "/workspaces", Some(new))
        .await
        .ok();
    let place = format!("/collections?workspace={}", text(&place["workspace"]["id"]));
    let hidden = house
        .call(
            ADMIN,
            "POST",
            &place,
            Some(json!({"collection": petstore()})),
        )
        .await
        .ok();
    let hidden = format!("/collections/{}", text(&hidden["collection"]["uid"]));
    let hidden = house.call(ADMIN, "GET", &hidden, None).await.ok();
    let request = &hidden["collection"]["item"][1]["id"];
    let own = house
        .post("/collections", json!({"collection": petstore()}))
        .await
        .ok();
    let body = json!({"ids": [request], "mode": "copy", "location": {"position": "end"},
        "target": {"id": own["collection"]["uid"], "model": "collection"}});
    let answer = house.post("/collection-requests-transfers", body).await;
    assert_eq!(answer.error().0, 404, "{answer:?}");
}

#[tokio::test]
async fn that_a_closed_workspace_is_made_and_goes_is_not_told_to_the_team() {
    for house in houses().await {
        let all = json!({"integration": {"name": "All", "event": "team_activity", "config": {"url": "https://example.com"}}});
        let team = house.post("/integrations", all).await.ok();
        let path = format!(
            "/integrations/{}/deliveries",
            text(&team["integration"]["id"])
        );
        let count = async || {
            let list = house.call(ADMIN, "GET", &path, None).await.ok();
            list["deliveries"].as_array().unwrap().len()
        };
        let before = count().await;
        // With nothing in it, so that its own deletion is all there is to tell.
        let new = json!({"workspace": {"name": "Payroll", "type": "private"}});
        let made = house.call(ADMIN, "POST", "/workspaces", Some(new)).await;
        let made = text(&made.ok()["workspace"]["id"]);
        let gone = format!("/workspaces/{made}");
        house.call(ADMIN, "DELETE", &gone, None).await.ok();
        assert_eq!(count().await, before);
        let open = json!({"workspace": {"name": "Shop", "type": "team"}});
        house
            .call(ADMIN, "POST", "/workspaces", Some(open))
            .await
            .ok();
        assert_eq!(count().await, before + 1);
    }
}
