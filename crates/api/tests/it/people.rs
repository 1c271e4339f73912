//! Invitations, passwords, sessions, roles and keys, through the door.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, EDITOR, House, VIEWER, houses};

/// A browser: it keeps the cookie, and sends the token along if it has read it.
pub(crate) struct Browser {
    cookie: String,
    csrf: String,
}

impl Browser {
    pub(crate) fn of(answer: &Answer) -> Self {
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(
            cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        let session = &answer.json()["session"];
        Self {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            csrf: session["csrfToken"].as_str().unwrap().to_owned(),
        }
    }

    pub(crate) async fn call(
        &self,
        house: &House,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header("cookie", format!("other=1; {}", self.cookie))
            .header("x-csrf-token", &self.csrf);
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        house.send(request.body(body).unwrap()).await
    }
}

impl House {
    pub(crate) async fn as_admin(&self, method: &str, path: &str, body: Value) -> Answer {
        let body = (!body.is_null()).then_some(body);
        self.call(ADMIN, method, path, body).await
    }

    async fn invited(&self, role: &str, email: Option<&str>) -> String {
        let body = json!({"invitation": {"role": role, "email": email}});
        let made = self.as_admin("POST", "/invitations", body).await.ok();
        let link = made["invitation"]["link"].as_str().unwrap();
        assert!(
            link.starts_with("http://127.0.0.1:7676/invite/inv_"),
            "{link}"
        );
        link.rsplit('/').next().unwrap().to_owned()
    }

    async fn accept(&self, token: &str, name: &str, email: &str) -> Answer {
        let body =
            json!({"token": token, "fullName": name, "email": email, "password": "correct horse"});
        self.call("", "POST", "/invitations/accept", Some(body))
            .await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        self.call("", "POST", "/session", Some(body)).await
    }
}

#[tokio::test]
async fn somebody_is_invited_comes_in_works_and_goes() {
    for house in houses().await {
        let token = house.invited("editor", None).await;
        let offer = format!("/invitations/offer?token={token}");
        let offer = house.call("", "GET", &offer, None).await.ok();
        assert_eq!(offer["invitation"]["teamName"], "One");
        assert_eq!(offer["invitation"]["role"], "editor");

        let mia = Browser::of(&house.accept(&token, "Mia", "mia@example.com").await);
        let me = mia.call(&house, "GET", "/me", None).await.ok();
        assert_eq!(me["user"]["fullName"], "Mia");
        assert_eq!(me["user"]["roles"], json!(["editor"]));
        let new = json!({"workspace": {"name": "Mia's", "type": "team"}});
        mia.call(&house, "POST", "/workspaces", Some(new))
            .await
            .ok();
        // The link opens nothing any more, and nobody has the address twice.
        assert_eq!(
            house
                .accept(&token, "Eve", "eve@example.com")
                .await
                .error()
                .0,
            404
        );
        let another = house.invited("viewer", None).await;
        let answer = house.accept(&another, "Eve", "MIA@example.com").await;
        assert_eq!(answer.error(), (409, "conflictError".to_owned()));

        // Signed in twice, out of one.
        let second = Browser::of(&house.sign_in("Mia@Example.com", "correct horse").await);
        let sessions = second.call(&house, "GET", "/me/sessions", None).await.ok();
        assert_eq!(sessions["sessions"].as_array().unwrap().len(), 2);
        let other = sessions["sessions"].as_array().unwrap();
        let other = other.iter().find(|it| it["current"] == false).unwrap();
        let path = format!("/me/sessions/{}", other["id"].as_str().unwrap());
        assert_eq!(second.call(&house, "DELETE", &path, None).await.status, 204);
        assert_eq!(mia.call(&house, "GET", "/me", None).await.error().0, 401);
        let out = second.call(&house, "DELETE", "/session", None).await;
        assert_eq!(out.status, 204);
        assert!(
            out.headers["set-cookie"]
                .to_str()
                .unwrap()
                .contains("Max-Age=0")
        );
        assert_eq!(second.call(&house, "GET", "/me", None).await.error().0, 401);
    }
}

#[tokio::test]
async fn an_invitation_for_an_address_is_for_that_one_and_can_be_taken_back() {
    let house = House::sqlite().await;
    let token = house.invited("viewer", Some("bob@example.com")).await;
    house.accept(&token, "Bob", "eve@example.com").await.ok();
    let people = house.get("/users").await.ok();
    let bob = people["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "Bob")
        .unwrap()
        .clone();
    assert_eq!(bob["email"], "bob@example.com");

    let token = house.invited("viewer", None).await;
    let open = house
        .as_admin("GET", "/invitations", Value::Null)
        .await
        .ok();
    let id = open["invitations"][0]["id"].as_str().unwrap();
    house
        .as_admin("DELETE", &format!("/invitations/{id}"), Value::Null)
        .await;
    assert_eq!(
        house
            .accept(&token, "Eve", "eve@example.com")
            .await
            .error()
            .0,
        404
    );
    for (email, role) in [
        (Some("no address"), "viewer"),
        (Some("a@b"), "owner"),
        (Some("ada@example.com"), "viewer"),
    ] {
        let body = json!({"invitation": {"role": role, "email": email}});
        let answer = house.as_admin("POST", "/invitations", body).await;
        assert!(
            [400, 409].contains(&answer.error().0),
            "{email:?} {role}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn an_invitation_ends_after_a_week_and_a_session_after_thirty_days() {
    let house = House::sqlite().await;
    let hour = std::time::Duration::from_hours(1);
    let late = house.invited("viewer", None).await;
    let token = house.invited("viewer", None).await;
    house.clock.advance(hour * (7 * 24 - 1));
    let mia = Browser::of(&house.accept(&token, "Mia", "mia@example.com").await);
    house.clock.advance(hour);
    assert_eq!(
        house
            .accept(&late, "Eve", "eve@example.com")
            .await
            .error()
            .0,
        404
    );
    house.clock.advance(hour * (30 * 24 - 2));
    mia.call(&house, "GET", "/me", None).await.ok();
    house.clock.advance(hour);
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let answer = mia.call(&house, "GET", "/me", None).await;
    assert_eq!(answer.error().0, 401);
    assert!(answer.message().contains("sign in again"), "{answer:?}");
}

#[tokio::test]
async fn what_another_site_causes_changes_nothing() {
    let house = House::sqlite().await;
    let token = house.invited("admin", None).await;
    let mut mia = Browser::of(&house.accept(&token, "Mia", "mia@example.com").await);
    let csrf = std::mem::take(&mut mia.csrf);
    let new = json!({"workspace": {"name": "Evil", "type": "team"}});
    for wrong in ["", "x", &csrf[..31]] {
        mia.csrf = wrong.to_owned();
        let answer = mia
            .call(&house, "POST", "/workspaces", Some(new.clone()))
            .await;
        assert_eq!(answer.error(), (403, "forbiddenError".to_owned()));
        // Reading is no harm: the other site can't see the answer.
        mia.call(&house, "GET", "/workspaces", None).await.ok();
    }
    mia.csrf = csrf;
    mia.call(&house, "POST", "/workspaces", Some(new))
        .await
        .ok();
}

#[tokio::test]
async fn wrong_passwords_are_refused_alike_counted_and_written_down() {
    let house = House::sqlite().await;
    let token = house.invited("viewer", None).await;
    house.accept(&token, "Mia", "mia@example.com").await.ok();
    let wrong = house.sign_in("mia@example.com", "correct horsf").await;
    let nobody = house.sign_in("nobody@example.com", "correct horse").await;
    let without = house.sign_in("ada@example.com", "").await;
    assert_eq!(wrong.error(), (401, "AuthenticationError".to_owned()));
    assert_eq!(
        (wrong.text.as_str(), wrong.text.as_str()),
        (nobody.text.as_str(), without.text.as_str())
    );
    for _ in 0..9 {
        house.sign_in("mia@example.com", "guess").await;
    }
    let answer = house.sign_in("mia@example.com", "correct horse").await;
    assert_eq!(answer.error(), (429, "rateLimited".to_owned()));
    let seconds: u64 = answer.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=901).contains(&seconds), "{seconds}");
    let path = "/audit/logs?action=user.sign_in_failed&limit=100";
    let log = house.as_admin("GET", path, Value::Null).await.ok();
    assert_eq!(log["trails"].as_array().unwrap().len(), 11);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_other_sessions() {
    let house = House::sqlite().await;
    let token = house.invited("viewer", None).await;
    let first = Browser::of(&house.accept(&token, "Mia", "mia@example.com").await);
    let second = Browser::of(&house.sign_in("mia@example.com", "correct horse").await);
    let change =
        |current: &str, new: &str| Some(json!({"currentPassword": current, "newPassword": new}));
    for (current, new) in [
        ("wrong horse", "battery staple"),
        ("correct horse", "short"),
    ] {
        let answer = first
            .call(&house, "PUT", "/me/password", change(current, new))
            .await;
        assert_eq!(answer.error().0, 400, "{answer:?}");
    }
    let answer = first
        .call(
            &house,
            "PUT",
            "/me/password",
            change("correct horse", "battery staple"),
        )
        .await;
    assert_eq!(answer.status, 204);
    first.call(&house, "GET", "/me", None).await.ok();
    assert_eq!(second.call(&house, "GET", "/me", None).await.error().0, 401);
    assert_eq!(
        house
            .sign_in("mia@example.com", "correct horse")
            .await
            .error()
            .0,
        401
    );
    house
        .sign_in("mia@example.com", "battery staple")
        .await
        .ok();
    // A key is not the person.
    let answer = house
        .call(EDITOR, "PUT", "/me/password", change("", "battery staple"))
        .await;
    assert_eq!(answer.error(), (409, "conflictError".to_owned()));
}

#[tokio::test]
async fn roles_change_at_once_and_the_team_keeps_an_admin() {
    for house in houses().await {
        let role = |role: &str| json!({"user": {"role": role}});
        for (method, body) in [("PATCH", role("editor")), ("DELETE", Value::Null)] {
            let answer = house.as_admin(method, "/users/10000001", body).await;
            assert_eq!(answer.error(), (409, "conflictError".to_owned()));
        }
        house.get("/workspaces").await.ok();
        house
            .as_admin("PATCH", "/users/10000002", role("viewer"))
            .await
            .ok();
        let new = json!({"workspace": {"name": "No", "type": "team"}});
        assert_eq!(house.post("/workspaces", new).await.error().0, 403);
        house
            .as_admin("PATCH", "/users/10000002", role("admin"))
            .await
            .ok();
        // The key was made for an editor.
        assert_eq!(house.get("/api-keys").await.error().0, 403);
        house
            .as_admin("PATCH", "/users/10000001", role("viewer"))
            .await
            .ok();
        let answer = house
            .as_admin("PATCH", "/users/10000001", role("admin"))
            .await;
        assert_eq!(answer.error().0, 403);
    }
}

#[tokio::test]
async fn who_is_taken_out_of_the_team_is_out_at_once() {
    for house in houses().await {
        let token = house.invited("editor", None).await;
        let mia = Browser::of(&house.accept(&token, "Mia", "mia@example.com").await);
        let body = json!({"apiKey": {"name": "Own", "role": "viewer"}});
        let made = mia
            .call(&house, "POST", "/me/api-keys", Some(body))
            .await
            .ok();
        let key = made["apiKey"]["key"].as_str().unwrap().to_owned();
        let me = house.call(&key, "GET", "/me", None).await.ok();
        let path = format!("/users/{}", me["user"]["id"]);
        assert_eq!(
            house.as_admin("DELETE", &path, Value::Null).await.status,
            204
        );
        assert_eq!(mia.call(&house, "GET", "/me", None).await.error().0, 401);
        assert_eq!(house.call(&key, "GET", "/me", None).await.error().0, 401);
        assert_eq!(
            house
                .sign_in("mia@example.com", "correct horse")
                .await
                .error()
                .0,
            401
        );
        assert_eq!(
            house.as_admin("DELETE", &path, Value::Null).await.error().0,
            404
        );
        let feed = house.get("/activities?model=member").await.ok();
        let said: Vec<_> = feed["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert_eq!(
            said,
            [
                "Ada removed Mia from the team",
                "Mia joined the team as editor"
            ]
        );
    }
}

#[tokio::test]
async fn a_key_may_do_no_more_and_lasts_no_longer_than_who_makes_it() {
    let house = House::sqlite().await;
    let key = |role: &str, more: Value| {
        let mut fields = json!({"name": "Own", "role": role});
        fields
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        Some(json!({"apiKey": fields}))
    };
    let path = "/me/api-keys";
    assert_eq!(
        house
            .call(VIEWER, "POST", path, key("editor", json!({})))
            .await
            .error()
            .0,
        400
    );
    assert_eq!(
        house
            .call(
                EDITOR,
                "POST",
                path,
                key("editor", json!({"expiresAt": "2001-01-01T00:00:00Z"}))
            )
            .await
            .error()
            .0,
        400
    );
    assert_eq!(
        house
            .call(
                EDITOR,
                "POST",
                path,
                key("editor", json!({"expiresAt": "soon"}))
            )
            .await
            .error()
            .0,
        400
    );
    let end = (postern_model::Clock::now(house.clock.as_ref())
        + std::time::Duration::from_hours(1))
    .to_rfc3339();
    let made = house
        .call(
            EDITOR,
            "POST",
            path,
            key("editor", json!({"expiresAt": end})),
        )
        .await
        .ok();
    let short = made["apiKey"]["key"].as_str().unwrap().to_owned();
    assert_eq!(
        house
            .call(&short, "POST", path, key("viewer", json!({})))
            .await
            .error()
            .0,
        400
    );
    let own = house.call(&short, "GET", path, None).await.ok();
    assert_eq!(own["apiKeys"].as_array().unwrap().len(), 2);
    house.clock.advance(std::time::Duration::from_hours(1));
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let answer = house.call(&short, "GET", path, None).await;
    assert!(answer.message().contains("expired"), "{answer:?}");
    // Own keys can be deleted, others can't.
    let id = |list: &Value, user: i64| {
        let keys = list["apiKeys"].as_array().unwrap();
        keys.iter().find(|it| it["user"] == user).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let all = house.call(ADMIN, "GET", "/api-keys", None).await.ok();
    let others = id(&all, 10_000_001);
    assert_eq!(
        house
            .call(EDITOR, "DELETE", &format!("{path}/{others}"), None)
            .await
            .error()
            .0,
        404
    );
    let own = id(&all, 10_000_002);
    house
        .call(EDITOR, "DELETE", &format!("{path}/{own}"), None)
        .await
        .ok();
}
