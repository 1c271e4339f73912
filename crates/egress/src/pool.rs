//! Connections that wait for their next exchange.
//!
//! Correctness rests on the key: only a request of the same scheme, host, port and way, on the same runtime, may have
//! a connection. The rest (how many, how long) is only saving work.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime;
use tokio::time::Instant;

use crate::connection::Connection;
use crate::target::Target;
use crate::way::Way;

/// How many may wait for one place: a hundred integrations may well have one receiver, and each that finds none connects anew.
/// As many as a worker has under way at once.
const EACH: usize = 256;
/// How many may wait in all.
const ALL: usize = 512;
/// How often those that have waited too long are looked for in all places.
const LOOKS: Duration = Duration::from_secs(1);

/// What a connection may be used for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    tls: bool,
    verify: bool,
    way: Way,
    host: String,
    port: u16,
    /// A connection is bound to the reactor of the runtime that opened it. A monitor's run has a runtime of its own,
    /// which may be busy with a script or gone.
    runtime: runtime::Id,
}

impl Key {
    pub(crate) fn of(target: &Target, way: &Way, verify_tls: bool) -> Self {
        Self {
            tls: target.tls,
            verify: verify_tls,
            way: way.clone(),
            host: target.host.to_string(),
            port: target.port,
            runtime: runtime::Handle::current().id(),
        }
    }
}

pub(crate) struct Pool<C> {
    idle: Duration,
    places: Mutex<Places<C>>,
}

struct Places<C> {
    waiting: HashMap<Key, Vec<Waiting<C>>>,
    /// How many in all.
    count: usize,
    swept: Instant,
}

struct Waiting<C> {
    connection: C,
    since: Instant,
}

/// What a pool keeps.
pub(crate) trait Reusable {
    /// Notes that it has served an exchange.
    fn has_served(&mut self);
}

impl Reusable for Connection {
    fn has_served(&mut self) {
        self.reused = true;
    }
}

impl<C> fmt::Debug for Pool<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.lock().count;
        f.debug_struct("Pool").field("waiting", &waiting).finish()
    }
}

impl<C> Pool<C> {
    /// A pool whose connections wait for `idle`.
    pub(crate) fn new(idle: Duration) -> Self {
        Self {
            idle,
            places: Mutex::new(Places {
                waiting: HashMap::new(),
                count: 0,
                swept: Instant::now(),
            }),
        }
    }

    /// The connection that was used last, which is the likeliest to stand.
    pub(crate) fn take(&self, key: &Key) -> Option<C> {
        let mut places = self.lock();
        places.sweep_now_and_then(self.idle);
        let connections = places.waiting.get_mut(key)?;
        let newest = connections.pop();
        if connections.is_empty() {
            places.waiting.remove(key);
        }
        places.count -= usize::from(newest.is_some());
        // One that has waited too long is closed here.
        let newest = newest.filter(|newest| newest.since.elapsed() < self.idle)?;
        Some(newest.connection)
    }

    pub(crate) fn put(&self, key: Key, mut connection: C)
    where
        C: Reusable,
    {
        connection.has_served();
        let mut places = self.lock();
        places.sweep_now_and_then(self.idle);
        if places.count >= ALL {
            return;
        }
        let connections = places.waiting.entry(key).or_default();
        if connections.len() < EACH {
            connections.push(Waiting {
                connection,
                since: Instant::now(),
            });
            places.count += 1;
        }
    }

    /// Closes what has waited too long; returns how many still wait.
    pub(crate) fn sweep(&self) -> usize {
        let mut places = self.lock();
        places.sweep(self.idle);
        places.count
    }

    fn lock(&self) -> MutexGuard<'_, Places<C>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Places<C> {
    fn sweep_now_and_then(&mut self, idle: Duration) {
        if self.swept.elapsed() >= LOOKS.min(idle) {
            self.sweep(idle);
        }
    }

    fn sweep(&mut self, idle: Duration) {
        self.waiting.retain(|_, connections| {
            connections.retain(|waiting| waiting.since.elapsed() < idle);
            !connections.is_empty()
        });
        self.count = self.waiting.values().map(Vec::len).sum();
        self.swept = Instant::now();
    }
}
