//! Teams, users, memberships and workspaces.

use std::time::Duration;

use postern_model::{ContentHash, Role, SignInLink, UserId, WorkspaceKind};

use crate::on_both_engines;
use crate::world::{NOW, World};

on_both_engines! {
    async fn an_empty_database_says_so_until_there_is_a_team(store) {
        assert!(store.read().await.unwrap().teams().is_empty().await.unwrap());
        World::settle(store, 1).await;
        assert!(!store.read().await.unwrap().teams().is_empty().await.unwrap());
    }

    async fn what_must_happen_once_happens_once(store) {
        let mut tx = store.begin().await.unwrap();
        assert!(tx.settings().set_once("first_start", "done").await.unwrap());
        assert!(!tx.settings().set_once("first_start", "again").await.unwrap());
        tx.settings().set("instance", "a").await.unwrap();
        tx.settings().set("instance", "b").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.read().await.unwrap();
        assert_eq!(tx.settings().get("first_start").await.unwrap().as_deref(), Some("done"));
        assert_eq!(tx.settings().get("instance").await.unwrap().as_deref(), Some("b"));
        assert_eq!(tx.settings().get("nothing").await.unwrap(), None);
    }

    async fn a_team_and_its_people_are_read_back_as_written(store) {
        let world = World::settle(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.teams().get(world.team).await.unwrap(), Some(world.team()));
        assert_eq!(tx.teams().list().await.unwrap(), [world.team()]);
        assert_eq!(tx.users().get(world.user).await.unwrap(), Some(world.user("mia")));
        assert_eq!(tx.users().get(UserId(-1)).await.unwrap(), None);

        tx.memberships().put(world.team, world.user, Role::Viewer, NOW).await.unwrap();
        assert_eq!(tx.memberships().role(world.team, world.user).await.unwrap(), Some(Role::Viewer));
        assert_eq!(tx.memberships().role(world.team, UserId(-1)).await.unwrap(), None);
        let members = tx.memberships().list(world.team).await.unwrap();
        assert_eq!(members.len(), 1);
        assert_eq!((members[0].user.id, members[0].role), (world.user, Role::Viewer));
    }

    async fn a_link_is_taken_once_and_goes_when_its_time_is_over(store) {
        let world = World::settle(store, 1).await;
        let link = |word: &str, hours| SignInLink {
            hash: ContentHash::of(word.as_bytes()),
            team: world.team,
            user: world.user,
            created_at: NOW,
            expires_at: NOW + Duration::from_hours(hours),
        };
        let mut tx = store.begin().await.unwrap();
        for link in [link("one", 1), link("two", 2), link("three", 3)] {
            tx.sign_in_links().insert(&link).await.unwrap();
        }
        let one = link("one", 1);
        assert_eq!(tx.sign_in_links().take(one.hash).await.unwrap(), Some(one.clone()));
        assert_eq!(tx.sign_in_links().take(one.hash).await.unwrap(), None);
        tx.sign_in_links().expire(NOW + Duration::from_hours(2)).await.unwrap();
        tx.sign_in_links().expire(NOW + Duration::from_millis(7_200_001)).await.unwrap();
        assert_eq!(tx.sign_in_links().take(link("two", 2).hash).await.unwrap(), None);
        tx.sign_in_links().delete_of(world.team, UserId(-1)).await.unwrap();
        assert!(tx.sign_in_links().take(link("three", 3).hash).await.unwrap().is_some());
        tx.sign_in_links().insert(&link("four", 1)).await.unwrap();
        tx.sign_in_links().delete_of(world.team, world.user).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.count("sign_in_links").await, 0);
    }

    async fn people_and_teams_get_other_names(store) {
        let world = World::settle(store, 1).await;
        let mut tx = store.begin().await.unwrap();
        let user = postern_model::User { email: "m@example.com".to_owned(), ..world.user("mia") };
        assert!(tx.users().update(&user).await.unwrap());
        assert_eq!(tx.users().get(world.user).await.unwrap(), Some(user));
        assert!(tx.teams().rename(world.team, "Other").await.unwrap());
        assert_eq!(tx.teams().get(world.team).await.unwrap().unwrap().name, "Other");
        tx.memberships().put(world.team, world.user, Role::Editor, NOW).await.unwrap();
        assert_eq!(tx.memberships().first_admin(world.team).await.unwrap(), None);
        tx.memberships().put(world.team, world.user, Role::Admin, NOW).await.unwrap();
        assert_eq!(tx.memberships().first_admin(world.team).await.unwrap(), Some(world.user));
    }

    async fn a_workspace_takes_what_lies_in_it_along(store) {
        let world = World::settle(store, 1).await;
        let collection = world.has_collection(store, "Petstore").await;
        let mut tx = store.begin().await.unwrap();
        tx.environments().insert(&world.environment("Staging")).await.unwrap();
        tx.monitors().insert(&world.monitor("Nightly", collection.id)).await.unwrap();

        let mut workspace = world.workspace("Renamed");
        workspace.kind = WorkspaceKind::Private;
        assert!(tx.workspaces().update(&workspace).await.unwrap());
        assert_eq!(tx.workspaces().list(world.team).await.unwrap(), [workspace]);

        assert!(tx.workspaces().delete(world.team, world.workspace).await.unwrap());
        assert!(!tx.workspaces().delete(world.team, world.workspace).await.unwrap());
        tx.commit().await.unwrap();
        for table in ["workspaces", "collections", "environments", "monitors"] {
            assert_eq!(store.count(table).await, 0, "{table}");
        }
    }
}
