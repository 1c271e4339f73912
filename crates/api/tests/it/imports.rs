//! What other tools keep, through the door.

use serde_json::{Value, json};

use crate::house::{EDITOR, House, houses};
use crate::things::petstore;

const INSOMNIA: &str = "type: collection.insomnia.rest/5.0
name: Shop
collection:
  - {name: List, url: '{{ _.host }}/items', method: GET}
  - {name: Live, url: 'wss://example.com'}
environments: {name: Base, data: {host: https://example.com}}
";

#[tokio::test]
async fn an_import_makes_what_it_said_that_it_would() {
    for house in houses().await {
        let planned = house.import("?dryRun=true", INSOMNIA).await.ok();
        assert_eq!(
            house.get("/collections").await.ok()["collections"],
            json!([])
        );
        let made = house.import("", INSOMNIA).await.ok();
        let mut names = made.clone();
        for kind in ["collections", "environments"] {
            for it in names["import"][kind].as_array_mut().unwrap() {
                let it = it.as_object_mut().unwrap();
                assert!(it.remove("id").is_some() && it.remove("uid").is_some());
            }
        }
        assert_eq!(names, planned);
        assert_eq!(
            planned["import"],
            json!({
                "format": "Insomnia", "collections": [{"name": "Shop"}], "environments": [{"name": "Shop"}], "globals": 0,
                "notCarriedOver": [{"what": "WebSocket requests", "first": "Live", "count": 1}],
            })
        );
        let uid = made["import"]["collections"][0]["uid"].as_str().unwrap();
        let shown = house.get(&format!("/collections/{uid}")).await.ok();
        assert_eq!(
            shown["collection"]["item"][0]["request"]["url"]["raw"],
            "{{host}}/items"
        );
        let feed = house.get("/activities").await.ok();
        let said: Vec<_> = feed["activities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert_eq!(
            said,
            [
                "Edi imported the environment Shop from Insomnia",
                "Edi imported the collection Shop from Insomnia"
            ]
        );
    }
}

#[tokio::test]
async fn an_import_of_which_one_part_is_broken_makes_nothing() {
    for house in houses().await {
        let before = house.state().await;
        let dump = json!({"version": 1, "collections": [petstore(), {"info": {"name": "No items"}}], "environments": []});
        let answer = house.import("", &dump.to_string()).await;
        assert_eq!(answer.error().0, 400);
        // A name that no column can hold is found only when it is written.
        let mut odd = petstore();
        odd["info"]["name"] = "a\u{0}b".into();
        let dump = json!({"version": 1, "collections": [petstore(), odd], "environments": []});
        let answer = house.import("", &dump.to_string()).await;
        assert_eq!(answer.error(), (400, "invalidParamsError".to_owned()));
        for text in ["", "<html></html>", "a: [b", "PK\u{3}\u{4}x", "hello"] {
            assert_eq!(house.import("", text).await.error().0, 400, "{text}");
        }
        assert_eq!(house.import("?folders=none", INSOMNIA).await.error().0, 400);
        assert_eq!(
            house
                .import("?workspace=0192b3c4-0000-7000-8000-00000000dead", INSOMNIA)
                .await
                .error()
                .0,
            404
        );
        assert_eq!(house.state().await, before);
    }
}

#[tokio::test]
async fn a_dump_keeps_ids_that_are_free_and_globals_are_added() {
    for house in houses().await {
        let mut own = petstore();
        own["info"]["_postman_id"] = "0192b3c4-0000-4000-8000-000000000001".into();
        let globals =
            |value: &str| json!([{"key": "a", "value": value}, {"key": "b", "value": "2"}]);
        let dump = |value: &str| {
            json!({"version": 1, "collections": [own, own], "environments": [], "globals": globals(value)}).to_string()
        };
        let first = house.import("", &dump("1")).await.ok();
        let ids = |made: &Value| -> Vec<String> {
            let made = made["import"]["collections"].as_array().unwrap();
            made.iter()
                .map(|it| it["id"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(ids(&first)[0], "0192b3c4-0000-4000-8000-000000000001");
        assert_ne!(ids(&first)[1], ids(&first)[0]);
        assert_eq!(first["import"]["globals"], 2);
        let second = house.import("", &dump("3")).await.ok();
        assert!(ids(&second).iter().all(|id| !ids(&first).contains(id)));
        assert_eq!(second["import"]["globals"], 1);
        let workspaces = house.get("/workspaces").await.ok();
        let id = workspaces["workspaces"][0]["id"].as_str().unwrap();
        let shown = house
            .get(&format!("/workspaces/{id}/global-variables"))
            .await
            .ok();
        assert_eq!(shown["values"].as_array().unwrap().len(), 2);
        assert_eq!(shown["values"][0]["value"], "3");
    }
}

#[tokio::test]
async fn postmans_call_for_openapi_takes_objects_and_texts() {
    let house = House::sqlite().await;
    let spec = json!({"openapi": "3.1.0", "info": {"title": "Pets"}, "paths": {"/pets": {"get": {"tags": ["all"], "summary": "List"}}}});
    for body in [
        json!({"type": "json", "input": spec, "options": {"folderStrategy": "Tags"}}),
        json!({"type": "string", "input": spec.to_string(), "options": {"folderStrategy": "Tags"}}),
        json!({"type": "string", "input": "openapi: 3.1.0\ninfo: {title: Pets}\npaths: {/pets: {get: {tags: [all], summary: List}}}", "options": {"folderStrategy": "Tags"}}),
    ] {
        let made = house.post("/import/openapi", body).await.ok();
        let uid = made["collections"][0]["uid"].as_str().unwrap();
        let shown = house.get(&format!("/collections/{uid}")).await.ok();
        assert_eq!(shown["collection"]["item"][0]["name"], "all");
        assert_eq!(shown["collection"]["item"][0]["item"][0]["name"], "List");
        // And back.
        for (format, expected) in [("json", "\"summary\": \"List\""), ("yaml", "summary: List")] {
            let back = house
                .get(&format!(
                    "/collections/{uid}/transformations?format={format}"
                ))
                .await
                .ok();
            let output = back["output"].as_str().unwrap();
            assert!(output.contains(expected), "{output}");
            let again = house
                .post(
                    "/import/openapi",
                    json!({"type": "string", "input": output}),
                )
                .await
                .ok();
            assert_eq!(again["collections"][0]["name"], "Pets");
        }
    }
    for body in [
        json!({}),
        json!({"type": "json"}),
        json!({"type": "file", "input": "x"}),
        json!({"type": "json", "input": 7}),
        json!({"type": "string", "input": "curl https://example.com"}),
        json!({"type": "json", "input": {"openapi": "9"}}),
    ] {
        assert_eq!(
            house.post("/import/openapi", body.clone()).await.error().0,
            400,
            "{body}"
        );
    }
}

impl House {
    async fn import(&self, query: &str, text: &str) -> crate::house::Answer {
        let body = Some(text.as_bytes().to_vec());
        self.call_raw(EDITOR, "POST", &format!("/imports{query}"), body)
            .await
    }
}
