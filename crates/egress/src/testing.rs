//! A real receiver on the loopback interface, which speaks HTTP/1.1 and, as an identity that says so, HTTP/2, for tests: it records what arrives and answers, or misbehaves,
//! as it is told.
//!
//! ```ignore
//! let receiver = Receiver::start();
//! receiver.queue([Answer::status(500), Answer::status(200)]);
//! // … something sends to receiver.url("/hook") …
//! let requests = receiver.wait_for(2, Duration::from_secs(5)).await;
//! assert_eq!(requests[1].header("webhook-attempt"), Some("2"));
//! ```
//!
//! It lives on a thread and a runtime of its own, so that it works from any test, also where time is paused.

mod answer;
mod authority;
mod black_hole;
mod forward_proxy;
mod identity;
mod names;
mod receiver;
mod serve;
mod serve_http2;

pub use answer::Answer;
pub use authority::Authority;
pub use black_hole::BlackHole;
pub use forward_proxy::{ForwardProxy, ProxyRules};
pub use identity::{Identity, pem};
pub use names::FixedNames;
pub use receiver::{Received, Receiver};
