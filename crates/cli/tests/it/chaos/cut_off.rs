//! A node that can't reach its database for a while: what it says is neither refused nor answered.

use std::time::Duration;

use postern_egress::testing::{Answer, Receiver};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;
use url::Url;

use super::ledger::Ledger;
use crate::postgres::Database;
use crate::server::Place;

/// Longer than a lease.
const CUT: Duration = Duration::from_secs(15);

/// A way to a database that can be cut.
struct Wire {
    url: String,
    whole: watch::Sender<bool>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "a wire under the program, not a part of it; it ends with its test"
)]
impl Wire {
    async fn to(database: &Database) -> Self {
        let mut url: Url = database.url().parse().unwrap();
        let there = (
            url.host_str().unwrap().to_owned(),
            url.port().unwrap_or(5432),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        url.set_ip_host(here.ip()).unwrap();
        url.set_port(Some(here.port())).unwrap();
        let (whole, watched) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let far = TcpStream::connect(there.clone()).await.unwrap();
                let (near, far) = (near.into_split(), far.into_split());
                tokio::spawn(carry(near.0, far.1, watched.clone()));
                tokio::spawn(carry(far.0, near.1, watched.clone()));
            }
        });
        Self {
            url: url.into(),
            whole,
        }
    }

    fn cut(&self) {
        self.whole.send_replace(false);
    }

    fn mend(&self) {
        self.whole.send_replace(true);
    }
}

/// Carries what comes for as long as the wire is whole; what comes while it is cut waits.
async fn carry(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut whole: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count) = from.read(&mut buffer).await {
        if count == 0 || whole.wait_for(|whole| *whole).await.is_err() {
            break;
        }
        if to.write_all(&buffer[..count]).await.is_err() {
            break;
        }
    }
}

// Of several threads: the server is waited for on the one, while the other carries what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_is_cut_off_gives_way_and_changes_nothing_when_it_is_back() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let wire = Wire::to(&database).await;
    let place = Place::new().on(&database);
    let place = place.with("POSTERN_DATABASE_URL", &wire.url);
    let first = place.serve();
    let receiver = Receiver::start();
    receiver.answer(Answer::status(204).delay(Duration::from_millis(50)));
    let mut ledger = Ledger::open(&first, receiver).await;
    ledger.begin(Duration::from_millis(5), 200);
    ledger.accepts_more(50).await;
    // All shards are the first one's, with requests under way; then it hears nothing, and another one takes over.
    let second = place.on(&database).serve();
    wire.cut();
    ledger.publish_to(&[&second]);
    let took = ledger.delivers_more().await;
    // Its lease runs out, and PostgreSQL gives up what it had begun.
    assert!(took < Duration::from_secs(25), "{took:?}");
    ledger.accepts_more(50).await;
    sleep(CUT.saturating_sub(took)).await;
    wire.mend();
    ledger.publish_to(&[&first, &second]);
    ledger.accepts_more(50).await;
    let found = ledger.check(&second).await;
    assert!(found.repeats <= 64, "only what was under way: {found:?}");
    first.stop();
    second.stop();
}

// Of several threads: the server is waited for on the one, while the other carries what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_alone_that_is_cut_off_goes_on_when_it_is_back() {
    let Some(database) = Database::fresh().await else {
        return;
    };
    let wire = Wire::to(&database).await;
    let place = Place::new().on(&database);
    let server = place.with("POSTERN_DATABASE_URL", &wire.url).serve();
    let mut ledger = Ledger::open(&server, Receiver::start()).await;
    ledger.begin(Duration::from_millis(5), 200);
    ledger.accepts_more(50).await;
    wire.cut();
    sleep(CUT).await;
    wire.mend();
    ledger.accepts_more(50).await;
    let found = ledger.check(&server).await;
    assert!(found.repeats <= 64, "only what was under way: {found:?}");
    server.stop();
}
