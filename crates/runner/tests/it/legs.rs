//! Requests that are sent more than once because their auth answers.

use postern_egress::testing::{Answer, Receiver};
use postern_runner::{Options, RunEvent, Summary};
use serde_json::{Value, json};

use crate::echo;
use crate::played::{plan, play};

/// The statuses of all exchanges, those of the steps' last answers, and what the run came to.
fn played(server: &Receiver, request: &Value) -> (Vec<u16>, Vec<u16>, Summary) {
    let collection =
        json!({"info": {"name": "Legs"}, "item": [{"name": "one", "request": request}]});
    let (mut legs, mut steps) = (Vec::new(), Vec::new());
    let summary = play(
        &plan(collection, server, Options::default()),
        &mut |event: &RunEvent<'_>| match event {
            RunEvent::Exchange { execution, .. } => {
                legs.push(execution.response.as_ref().unwrap().status);
            }
            RunEvent::StepEnded { execution, .. } => {
                steps.push(execution.response.as_ref().unwrap().status);
            }
            _ => {}
        },
    );
    (legs, steps, summary)
}

#[test]
fn each_leg_is_told_and_counted_and_the_last_one_is_the_steps() {
    let server = echo::server();
    let auth = json!({"username": "Mufasa", "password": "Circle of Life"});
    let request =
        json!({"url": "{{base}}/digest?qop=auth", "auth": {"type": "digest", "digest": auth}});
    let (legs, steps, summary) = played(&server, &request);
    assert_eq!(legs, [401, 200]);
    assert_eq!(steps, [200]);
    assert_eq!(summary.requests.total, 2);
    assert_eq!(summary.times.count, 2);
    assert_eq!(summary.items.total, 1);
}

#[test]
fn the_legs_of_ntlm_take_one_connection() {
    let server = echo::server();
    let auth = json!({"username": "anna", "password": "Sésame"});
    let request = json!({"url": "{{base}}/ntlm", "auth": {"type": "ntlm", "ntlm": auth}});
    let (legs, steps, _) = played(&server, &request);
    assert_eq!((legs, steps), (vec![401, 401, 200], vec![200]));
    let requests = server.requests();
    let connections: Vec<usize> = requests.iter().map(|it| it.connection).collect();
    assert_eq!(connections, [1, 1, 1]);
}

#[test]
fn a_server_that_asks_for_ever_is_answered_three_times_and_the_run_warns() {
    let server = Receiver::start();
    server.choose(|_| {
        let challenge = r#"Digest realm="a", nonce="""#;
        Some(Answer::status(401).header("WWW-Authenticate", challenge))
    });
    let auth = json!({"username": "Mufasa", "password": "Circle of Life"});
    let request = json!({"url": "{{base}}/", "auth": {"type": "digest", "digest": auth}});
    let (legs, steps, summary) = played(&server, &request);
    assert_eq!((legs, steps), (vec![401; 4], vec![401]));
    assert_eq!(summary.warnings, 1);
}
