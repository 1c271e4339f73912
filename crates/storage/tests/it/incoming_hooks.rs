//! Incoming hooks, and the marks of their calls.

use postern_model::{
    CallOutcome, ContentHash, IncomingHook, IncomingHookId, IncomingKind, IncomingTarget, LastCall,
    SigningSecret, Source, SourceId, SourcePlace, Timestamp,
};

use crate::on_both_engines;
use crate::world::{NOW, World};

fn source(world: &World) -> Source {
    Source {
        id: SourceId(world.id()),
        team: world.team,
        workspace: world.workspace,
        name: "Git".to_owned(),
        place: SourcePlace::Directory {
            path: "/srv".to_owned(),
        },
        every: 0,
        next_due_at: None,
        checked_at: None,
        failing_since: None,
        error: None,
        created_by: world.user,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn hook(world: &World, target: IncomingTarget) -> IncomingHook {
    IncomingHook {
        id: IncomingHookId(world.id()),
        team: world.team,
        workspace: world.workspace,
        name: "On push".to_owned(),
        kind: IncomingKind::GitLab,
        target,
        secrets: vec![SigningSecret {
            secret: "hush-hush".to_owned(),
            not_after: None,
        }],
        branches: vec!["main".to_owned()],
        events: vec!["push".to_owned()],
        last_call: None,
        created_by: world.user,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn hash(text: &str) -> ContentHash {
    ContentHash::of(text.as_bytes())
}

on_both_engines! {
    async fn a_hook_is_made_found_changed_and_goes_with_what_it_is_about(store) {
        let (world, other) = (World::settle(store, 1).await, World::settle(store, 2).await);
        let collection = world.has_collection(store, "Shop").await;
        let monitor = world.monitor("Hourly", collection.id);
        let source = source(&world);
        let mut tx = store.begin().await.unwrap();
        tx.sources().insert(&source).await.unwrap();
        tx.monitors().insert(&monitor).await.unwrap();
        let mut refreshes = hook(&world, IncomingTarget::Source(source.id));
        let starts = hook(&world, IncomingTarget::Monitor { id: monitor.id, owner: monitor.owner });
        tx.incoming_hooks().insert(&refreshes, hash("one")).await.unwrap();
        tx.incoming_hooks().insert(&starts, hash("two")).await.unwrap();
        "On release".clone_into(&mut refreshes.name);
        refreshes.branches = Vec::new();
        refreshes.events = vec!["release".to_owned(), "push".to_owned()];
        refreshes.secrets[0].not_after = Some(NOW);
        assert!(tx.incoming_hooks().update(&refreshes).await.unwrap());
        let call = LastCall { at: NOW, outcome: CallOutcome::Ignored, reason: Some("why".to_owned()) };
        tx.incoming_hooks().set_last_call(world.team, refreshes.id, &call).await.unwrap();
        refreshes.last_call = Some(call);
        tx.commit().await.unwrap();

        let mut tx = store.begin().await.unwrap();
        let (team, id) = (world.team, refreshes.id);
        let mut hooks = tx.incoming_hooks();
        assert_eq!(hooks.get(team, id).await.unwrap().as_ref(), Some(&refreshes));
        assert_eq!(hooks.get_for_update(team, id).await.unwrap().as_ref(), Some(&refreshes));
        assert_eq!(hooks.get(other.team, id).await.unwrap(), None);
        assert_eq!(hooks.find("two").await.unwrap().as_ref(), Some(&starts));
        assert_eq!(hooks.find("three").await.unwrap(), None);
        assert_eq!(hooks.list(team, None, None).await.unwrap(), [refreshes.clone(), starts.clone()]);
        assert_eq!(hooks.list(team, Some(source.id), None).await.unwrap(), [refreshes.clone()]);
        assert_eq!(hooks.list(team, None, Some(monitor.id)).await.unwrap(), std::slice::from_ref(&starts));
        assert_eq!(hooks.list(other.team, None, None).await.unwrap(), []);
        assert!(!hooks.delete(other.team, id).await.unwrap());
        assert!(hooks.mark(team, id, hash("call"), NOW, NOW).await.unwrap());
        tx.sources().delete(team, source.id).await.unwrap();
        assert_eq!(tx.incoming_hooks().list(team, None, None).await.unwrap(), [starts]);
        tx.monitors().delete(team, monitor.id).await.unwrap();
        assert_eq!(tx.incoming_hooks().list(team, None, None).await.unwrap(), []);
        tx.commit().await.unwrap();
        assert_eq!(store.count("incoming_calls").await, 0);
    }

    async fn a_call_is_known_by_its_mark_for_a_while(store) {
        let world = World::settle(store, 1).await;
        let source = source(&world);
        let mut tx = store.begin().await.unwrap();
        tx.sources().insert(&source).await.unwrap();
        let ids = [(); 2].map(|()| hook(&world, IncomingTarget::Source(source.id)));
        for (hook, token) in ids.iter().zip(["one", "two"]) {
            tx.incoming_hooks().insert(hook, hash(token)).await.unwrap();
        }
        let [one, two] = ids.map(|hook| hook.id);
        let at = |after: i64| Timestamp(NOW.0 + after);
        for (hook, mark, now, since, fresh) in [
            (one, "a", 0, -10, true),
            (one, "a", 5, -5, false),
            (one, "b", 5, -5, true),
            (two, "a", 5, -5, true),
            // It was not moved by the one that came again.
            (one, "a", 11, 1, true),
            (one, "a", 12, 2, false),
        ] {
            let mut hooks = tx.incoming_hooks();
            let marked = hooks.mark(world.team, hook, hash(mark), at(now), at(since)).await;
            assert_eq!(marked.unwrap(), fresh, "{mark} at {now}");
        }
        assert_eq!(tx.purge().incoming_calls(at(5), 10).await.unwrap(), 0);
        assert_eq!(tx.purge().incoming_calls(at(11), 1).await.unwrap(), 1);
        assert_eq!(tx.purge().incoming_calls(at(12), 10).await.unwrap(), 2);
    }
}
