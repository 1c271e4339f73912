//! What people and their team are called.

use postern_journal::{Actor, Origin};
use postern_model::UserId;
use serde_json::{Value, json};

use crate::house::{ADMIN, EDITOR, House, VIEWER, houses};
use crate::people::Browser;

impl House {
    async fn signed_in(&self, user: i64) -> Browser {
        let actor = Actor {
            team: self.team,
            user: UserId(user),
            name: "Somebody".to_owned(),
            origin: Origin::default(),
        };
        let made = self.journal.make_sign_in_link(&actor, actor.user).await;
        let body = json!({"token": made.unwrap()});
        let answer = self.call("", "POST", "/session/link", Some(body)).await;
        Browser::of(&answer)
    }
}

#[tokio::test]
async fn people_change_their_own_names_and_address() {
    for house in houses().await {
        let vio = house.signed_in(10_000_003).await;
        let new =
            json!({"me": {"fullName": " Viola ", "email": "viola@example.com", "username": "vi"}});
        let me = vio.call(&house, "PATCH", "/me", Some(new)).await.ok();
        assert_eq!(me["user"]["fullName"], "Viola");
        assert_eq!(me["user"]["email"], "viola@example.com");
        assert_eq!(me["user"]["username"], "vi");
        // At once, for her key too.
        assert_eq!(house.call(VIEWER, "GET", "/me", None).await.ok(), me);
        for (wrong, status) in [
            (json!({"fullName": " "}), 400),
            (json!({"username": "n".repeat(256)}), 400),
            (json!({"email": "nowhere"}), 400),
            (json!({"email": "ADA@example.com"}), 409),
            (json!({"role": "admin"}), 400),
        ] {
            let body = Some(json!({"me": wrong}));
            let answer = vio.call(&house, "PATCH", "/me", body).await;
            assert_eq!(answer.error().0, status, "{answer:?}");
        }
        let own = Some(json!({"me": {"email": "Viola@example.com"}}));
        vio.call(&house, "PATCH", "/me", own).await.ok();
        // A key is not the person.
        let by_key = |me: Value| house.call(VIEWER, "PATCH", "/me", Some(json!({"me": me})));
        assert_eq!(
            by_key(json!({"email": "vi@example.com"})).await.error().0,
            409
        );
        by_key(json!({"fullName": "Vio"})).await.ok();
        let feed = house.get("/activities?model=member").await.ok();
        let said: Vec<&str> = feed["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert_eq!(
            said,
            [
                "Vio changed the own name (Viola before)",
                "Viola changed the own e-mail address (viola@example.com before)",
                "Viola changed the own name (Vio before), e-mail address (vio@example.com before), username",
            ]
        );
    }
}

#[tokio::test]
async fn an_admin_renames_the_team() {
    for house in houses().await {
        let team = house.call(VIEWER, "GET", "/team", None).await.ok();
        assert_eq!(team["team"]["name"], "One");
        assert_eq!(team["team"]["id"], house.team.to_string());
        let new = |name: &str| Some(json!({"team": {"name": name}}));
        assert_eq!(
            house
                .call(EDITOR, "PATCH", "/team", new("Two"))
                .await
                .error()
                .0,
            403
        );
        let team = house.call(ADMIN, "PATCH", "/team", new(" Payments ")).await;
        assert_eq!(team.ok()["team"]["name"], "Payments");
        // The same again is no change.
        house
            .call(ADMIN, "PATCH", "/team", new("Payments"))
            .await
            .ok();
        let me = house.get("/me").await.ok();
        assert_eq!(me["user"]["teamName"], "Payments");
        let log = house.as_admin("GET", "/audit/logs?action=team.renamed", Value::Null);
        let log = log.await.ok();
        assert_eq!(log["trails"].as_array().unwrap().len(), 1);
        let feed = house.get("/activities?model=team").await.ok();
        let said = &feed["activities"][0]["message"];
        assert_eq!(said, "Ada renamed the team One to Payments");
    }
}
