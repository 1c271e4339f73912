//! Links that sign in once, and the first password.

use std::time::Duration;

use postern_journal::{Actor, Origin};
use postern_model::UserId;
use serde_json::{Value, json};

use crate::house::{ADMIN, Answer, House, houses};
use crate::people::Browser;

/// The admin, who has no password.
const ADA: UserId = UserId(10_000_001);
/// The other team's.
const STAN: UserId = UserId(20_000_001);

impl House {
    async fn link_for(&self, user: UserId) -> String {
        let actor = Actor {
            team: self.team,
            user: ADA,
            name: "Ada".to_owned(),
            origin: Origin::default(),
        };
        let made = self.journal.make_sign_in_link(&actor, user).await;
        made.unwrap()
    }

    async fn come_by(&self, token: &str) -> Answer {
        let body = json!({"token": token});
        self.call("", "POST", "/session/link", Some(body)).await
    }
}

#[tokio::test]
async fn a_link_signs_in_once_and_then_a_first_password_is_set() {
    for house in houses().await {
        let ways = house.call("", "GET", "/session/ways", None).await.ok();
        assert_eq!(ways["ways"], json!({"password": true, "setUp": true}));
        let token = house.link_for(ADA).await;
        assert!(token.starts_with("in_") && token.len() > 40, "{token}");
        let answer = house.come_by(&token).await;
        let ada = Browser::of(&answer);
        let session = &answer.json()["session"];
        assert_eq!(session["user"]["fullName"], "Ada");
        assert_eq!(session["user"]["roles"], json!(["admin"]));

        let again = house.come_by(&token).await;
        assert_eq!(again.error(), (401, "AuthenticationError".to_owned()));
        assert!(again.message().contains("postern users link"), "{again:?}");

        // The first password needs no old one, the second does, and a key sets none.
        let open = house.link_for(ADA).await;
        let set = |new: &str| Some(json!({"newPassword": new}));
        let path = "/me/password";
        let answer = house.call(ADMIN, "PUT", path, set("correct horse")).await;
        assert_eq!(answer.error().0, 409);
        let answer = ada.call(&house, "PUT", path, set("short")).await;
        assert_eq!(answer.error().0, 400);
        let answer = ada.call(&house, "PUT", path, set("correct horse")).await;
        assert_eq!(answer.status, 204);
        let answer = ada.call(&house, "PUT", path, set("battery staple")).await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
        house.sign_in("ada@example.com", "correct horse").await.ok();
        // Both teams were founded in the same moment, and either may be the first.
        let mut tx = house.store.begin().await.unwrap();
        tx.users().set_password(STAN, "x").await.unwrap();
        tx.commit().await.unwrap();
        let ways = house.call("", "GET", "/session/ways", None).await.ok();
        assert_eq!(ways["ways"], json!({"password": true}));
        // What could still let somebody in without it does so no more.
        assert_eq!(house.come_by(&open).await.error().0, 401);

        let log = house.as_admin("GET", "/audit/logs", Value::Null).await.ok();
        let said: Vec<&str> = log["trails"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["action"].as_str().unwrap())
            .collect();
        assert_eq!(
            said,
            [
                "user.signed_in",
                "user.password_changed",
                "user.link_created",
                "user.signed_in",
                "user.link_created"
            ]
        );
    }
}

#[tokio::test]
async fn who_has_forgotten_the_password_comes_by_a_link_and_sets_another_once() {
    for house in houses().await {
        let path = "/me/password";
        let set = |new: &str| Some(json!({"newPassword": new}));
        let resets = |answer: Answer| answer.ok()["session"]["mayResetPassword"].clone();
        // The first password: there is none yet.
        let answer = house.come_by(&house.link_for(ADA).await).await;
        let first = Browser::of(&answer);
        assert_eq!(resets(answer), true);
        let asked = first.call(&house, "GET", "/session", None).await;
        assert_eq!(resets(asked), true);
        let answer = first.call(&house, "PUT", path, set("correct horse")).await;
        assert_eq!(answer.status, 204);
        let asked = first.call(&house, "GET", "/session", None).await;
        assert_eq!(resets(asked), Value::Null);
        let answer = house.sign_in("ada@example.com", "correct horse").await;
        let by_password = Browser::of(&answer);
        assert_eq!(resets(answer), Value::Null);

        // It is forgotten, and that after many tries.
        for _ in 0..10 {
            house.sign_in("ada@example.com", "forgotten").await;
        }
        let answer = house.come_by(&house.link_for(ADA).await).await;
        let ada = Browser::of(&answer);
        assert_eq!(resets(answer), true);
        let answer = ada.call(&house, "PUT", path, set("short")).await;
        assert_eq!(answer.error().0, 400);
        let answer = ada.call(&house, "PUT", path, set("battery staple")).await;
        assert_eq!(answer.status, 204);

        // The other browsers are signed out, the new password holds, and that was the one time.
        for other in [&first, &by_password] {
            let asked = other.call(&house, "GET", "/session", None).await;
            assert_eq!(asked.error().0, 401);
        }
        house
            .sign_in("ada@example.com", "battery staple")
            .await
            .ok();
        let answer = ada.call(&house, "PUT", path, set("correct horse")).await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
        let log = "/audit/logs?action=user.password_changed";
        let log = house.as_admin("GET", log, Value::Null).await.ok();
        let said: Vec<&str> = log["trails"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert_eq!(
            said,
            [
                "Ada set a new password by a link",
                "Ada set a new password by a link"
            ]
        );
    }
}

#[tokio::test]
async fn an_hour_after_a_link_the_password_until_now_is_asked_for() {
    let house = House::sqlite().await;
    let ada = Browser::of(&house.come_by(&house.link_for(ADA).await).await);
    house.clock.advance(Duration::from_hours(1));
    // There is none yet, so that nobody is locked out.
    let asked = ada.call(&house, "GET", "/session", None).await.ok();
    assert_eq!(asked["session"]["mayResetPassword"], true);
    let body = |new: &str| Some(json!({"newPassword": new}));
    let answer = ada.call(&house, "PUT", "/me/password", body("correct horse"));
    assert_eq!(answer.await.status, 204);

    let ada = Browser::of(&house.come_by(&house.link_for(ADA).await).await);
    house.clock.advance(Duration::from_hours(1));
    let asked = ada.call(&house, "GET", "/session", None).await.ok();
    assert_eq!(asked["session"]["mayResetPassword"], Value::Null);
    let answer = ada.call(&house, "PUT", "/me/password", body("battery staple"));
    assert_eq!(answer.await.error().0, 400);
}

#[tokio::test]
async fn of_two_who_come_with_one_link_one_gets_in() {
    for house in houses().await {
        let token = house.link_for(ADA).await;
        let (one, other) = tokio::join!(house.come_by(&token), house.come_by(&token));
        let mut answers = [one.status.as_u16(), other.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [200, 401]);
    }
}

#[tokio::test]
async fn a_link_ends_after_an_hour_and_with_who_it_is_for() {
    let house = House::sqlite().await;
    let late = house.link_for(ADA).await;
    house.clock.advance(Duration::from_hours(1));
    assert_eq!(house.come_by(&late).await.error().0, 401);
    let vio = house.link_for(UserId(10_000_003)).await;
    let gone = house.as_admin("DELETE", "/users/10000003", Value::Null);
    assert_eq!(gone.await.status, 204);
    assert_eq!(house.come_by(&vio).await.error().0, 401);
}
