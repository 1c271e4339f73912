//! Who the caller is, and workspaces, in Postman's shapes.
#![expect(
    clippy::too_many_lines,
    reason = "the answers stand in the test that gets them"
)]

use serde_json::json;

use crate::house::{ADMIN, assert_each_snapshot, houses, shown};
use crate::things::{petstore, staging};

#[tokio::test]
async fn me_tells_the_user_the_team_and_the_role_of_the_key() {
    for house in houses().await {
        let mut me = house.call(ADMIN, "GET", "/me", None).await.ok();
        assert!(me["user"]["teamId"].is_u64());
        me["user"]["teamId"] = json!(0);
        assert_each_snapshot!(serde_json::to_string_pretty(&me).unwrap(), @r#"
        {
          "user": {
            "id": 10000001,
            "username": "ada",
            "email": "ada@example.com",
            "fullName": "Ada",
            "isPublic": false,
            "teamId": 0,
            "teamName": "One",
            "teamDomain": "one",
            "roles": [
              "admin"
            ]
          },
          "operations": []
        }
        "#);
    }
}

#[tokio::test]
async fn workspaces_are_made_read_changed_and_deleted() {
    for house in houses().await {
        let body =
            json!({"workspace": {"name": "Payments", "type": "private", "description": "Cards"}});
        let made = house.post("/workspaces", body).await;
        let id = made.json()["workspace"]["id"].as_str().unwrap().to_owned();
        assert_each_snapshot!(shown(made), @r#"
        200 {
          "workspace": {
            "id": "[id]",
            "name": "Payments"
          }
        }
        "#);
        let path = format!("/workspaces/{id}");
        house
            .post(
                &format!("/collections?workspace={id}"),
                json!({"collection": petstore()}),
            )
            .await
            .ok();
        house
            .post(&format!("/environments?workspace={id}"), staging())
            .await
            .ok();
        assert_each_snapshot!(shown(house.get(&path).await), @r#"
        200 {
          "workspace": {
            "id": "[id]",
            "name": "Payments",
            "type": "private",
            "description": "Cards",
            "visibility": "private",
            "createdBy": "10000002",
            "about": "Cards",
            "createdAt": "[time]",
            "updatedAt": "[time]",
            "collections": [
              {
                "id": "[id]",
                "name": "Petstore",
                "uid": "10000002-[id]"
              }
            ],
            "environments": [
              {
                "id": "[id]",
                "name": "Staging",
                "uid": "10000002-[id]"
              }
            ],
            "monitors": []
          }
        }
        "#);
        assert_each_snapshot!(shown(house.get("/workspaces").await), @r#"
        200 {
          "workspaces": [
            {
              "id": "[id]",
              "name": "Workspace of One",
              "type": "team",
              "visibility": "team",
              "createdBy": "10000001",
              "about": "",
              "createdAt": "[time]",
              "updatedAt": "[time]"
            },
            {
              "id": "[id]",
              "name": "Payments",
              "type": "private",
              "visibility": "private",
              "createdBy": "10000002",
              "about": "Cards",
              "createdAt": "[time]",
              "updatedAt": "[time]"
            }
          ]
        }
        "#);
        assert_each_snapshot!(shown(house.get("/workspaces?type=private").await), @r#"
        200 {
          "workspaces": [
            {
              "id": "[id]",
              "name": "Payments",
              "type": "private",
              "visibility": "private",
              "createdBy": "10000002",
              "about": "Cards",
              "createdAt": "[time]",
              "updatedAt": "[time]"
            }
          ]
        }
        "#);
        let change = json!({"workspace": {"name": "Cards"}});
        assert_each_snapshot!(shown(house.put(&path, change).await), @r#"
        200 {
          "workspace": {
            "id": "[id]",
            "name": "Cards"
          }
        }
        "#);
        assert_eq!(
            house.get(&path).await.ok()["workspace"]["description"],
            "Cards"
        );
        let deleted = house.call(ADMIN, "DELETE", &path, None).await;
        assert_each_snapshot!(shown(deleted), @r#"
        200 {
          "workspace": {
            "id": "[id]"
          }
        }
        "#);
        assert_eq!(house.get(&path).await.status.as_u16(), 404);
        assert_eq!(
            house.get("/collections").await.ok()["collections"],
            json!([])
        );
    }
}
