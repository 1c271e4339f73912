//! A way out whose connections somebody else opens.

use std::sync::Arc;
use std::time::Duration;

use postern_egress::testing::{Answer, FixedNames, Receiver};
use postern_egress::{
    AddressPolicy, Dial, Dialing, Egress, EgressConfig, FailureKind, Limits, Place,
};

use crate::get;

/// Opens connections as another way out would for itself.
#[derive(Debug)]
struct Other(Egress);

impl Dial for Other {
    fn dial(&self, place: Place, patience: Duration) -> Dialing<'_> {
        Box::pin(async move { self.0.dial(&place, patience).await })
    }
}

/// A way out without rules of its own, over one that has this policy and knows `api.test` as this machine.
fn over(policy: AddressPolicy) -> Egress {
    let names = FixedNames::new();
    names.set("api.test", &["127.0.0.1"]);
    let other = Egress::new(EgressConfig::new(policy).with_resolver(Arc::new(names)));
    Egress::new(EgressConfig {
        dialer: Some(Arc::new(Other(other))),
        ..EgressConfig::new(AddressPolicy::public("nobody asks this one"))
    })
}

#[tokio::test]
async fn requests_go_over_connections_that_another_opens() {
    let receiver = Receiver::start();
    receiver.answer(Answer::status(200).body("hello"));
    let egress = over(AddressPolicy::anything());
    let url = receiver.url("/x").replace("127.0.0.1", "api.test");
    let first = get(&egress, &url, &Limits::WHOLE).await.unwrap();
    assert_eq!(first.body, "hello");
    assert!(first.timings.dns.is_some() && first.timings.connect.is_some());
    let second = get(&egress, &url, &Limits::WHOLE).await.unwrap();
    assert!(second.reused, "the connection is kept as any other");
}

#[tokio::test]
async fn what_the_other_refuses_is_refused_in_its_words() {
    let receiver = Receiver::start();
    let egress = over(AddressPolicy::public("egress.monitors.allow"));
    let refused = get(&egress, &receiver.url("/"), &Limits::WHOLE)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, FailureKind::AddressForbidden);
    assert!(refused.message.contains("egress.monitors.allow"));
    assert!(receiver.requests().is_empty());
}
