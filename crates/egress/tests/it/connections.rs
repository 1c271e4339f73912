//! Which connection an exchange takes.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use postern_egress::{AddressPolicy, Egress, EgressConfig, FailureKind, Limits};

use crate::{get, open, short};

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request_to_the_same_place() {
    let (one, other) = (Receiver::start(), Receiver::start());
    let egress = open();
    for expected in [false, true, true] {
        let exchange = get(&egress, &one.url("/"), &short()).await.unwrap();
        assert_eq!(exchange.reused, expected);
    }
    assert!(
        !get(&egress, &other.url("/"), &short())
            .await
            .unwrap()
            .reused
    );
    assert_eq!((one.connections(), other.connections()), (1, 1));
}

#[tokio::test]
async fn a_connection_whose_answer_was_cut_is_not_used_again() {
    let receiver = Receiver::start();
    let egress = open();
    receiver.queue([Answer::hang(), Answer::endless(), Answer::status(200)]);
    get(&egress, &receiver.url("/"), &short())
        .await
        .unwrap_err();
    assert!(
        get(&egress, &receiver.url("/"), &Limits::WEBHOOK)
            .await
            .unwrap()
            .truncated
    );
    assert!(
        !get(&egress, &receiver.url("/"), &short())
            .await
            .unwrap()
            .reused
    );
    assert_eq!(receiver.connections(), 3);
}

#[tokio::test]
async fn a_kept_connection_that_the_receiver_closed_costs_nothing() {
    let receiver = Receiver::start();
    let egress = open();
    let port = receiver.address().port();
    get(&egress, &receiver.url("/"), &short()).await.unwrap();
    drop(receiver);
    let receiver = Receiver::start_on(port);
    let exchange = get(&egress, &receiver.url("/"), &short()).await.unwrap();
    assert!(!exchange.reused);
    assert_eq!(receiver.requests().len(), 1);
}

#[tokio::test]
async fn a_request_that_a_kept_connection_swallowed_is_not_sent_twice() {
    let receiver = Receiver::start();
    let egress = open();
    receiver.queue([Answer::status(200), Answer::reset()]);
    get(&egress, &receiver.url("/"), &short()).await.unwrap();
    let failure = get(&egress, &receiver.url("/"), &short())
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::ConnectionClosed);
    assert_eq!(
        receiver.requests().len(),
        2,
        "one sent again would be a third"
    );
}

#[tokio::test]
async fn a_connection_is_not_kept_for_longer_than_servers_keep_theirs() {
    let receiver = Receiver::start();
    let mut config = EgressConfig::new(AddressPolicy::anything());
    assert_eq!(config.idle, Duration::from_secs(20));
    config.idle = Duration::from_millis(100);
    let egress = Egress::new(config);
    get(&egress, &receiver.url("/"), &short()).await.unwrap();
    assert_eq!(egress.sweep(), 1);
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(egress.sweep(), 0);
}

#[test]
fn a_connection_never_serves_another_runtime() {
    let receiver = Receiver::start();
    let egress = open();
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let exchange = runtime
            .block_on(get(&egress, &receiver.url("/"), &short()))
            .unwrap();
        assert!(!exchange.reused);
    }
    assert_eq!(receiver.connections(), 2);
}

#[tokio::test]
async fn many_requests_at_once_do_not_wait_for_each_other() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).delay(Duration::from_millis(300)));
    let egress = open();
    let requests =
        (0..280).map(|_| async { get(&egress, &receiver.url("/"), &Limits::WHOLE).await });
    let began = tokio::time::Instant::now();
    for answer in futures_util::future::join_all(requests).await {
        assert_eq!(answer.unwrap().status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(egress.sweep(), 256, "of so many, 256 are kept");
}
