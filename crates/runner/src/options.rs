//! How a run goes.

use std::time::Duration;

use postern_sandbox::Watch;

use crate::{Files, Jar, Ways};

/// How a run goes. The defaults are newman's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many iterations; `None`: one for each row of data, or one.
    pub iterations: Option<u32>,
    /// Only these folders or requests, by name or id; empty: all.
    pub folders: Vec<String>,
    /// What each iteration's order of requests is drawn from; `None`: the collection's order.
    pub shuffle: Option<u64>,
    /// Whether the run ends at the first failed test or error.
    pub bail: bool,
    /// The longest that one request may take.
    pub request_timeout: Option<Duration>,
    /// The longest that one script may take.
    pub script_timeout: Duration,
    /// Who is told of scripts that can't be interrupted and outlive that.
    pub script_watch: Option<Watch>,
    /// The longest that all of it may take.
    pub timeout: Option<Duration>,
    /// The pause between two requests.
    pub delay: Duration,
    /// Proxies and certificates.
    pub ways: Ways,
    /// Whether certificates go unverified.
    pub insecure: bool,
    /// Whether redirects are followed, where a request doesn't say.
    pub follow_redirects: bool,
    /// How many redirects are followed for one request, where it doesn't say.
    pub max_redirects: u32,
    /// The cookies that a run begins with.
    pub cookies: Jar,
    /// Which files requests may send; none unless said.
    pub files: Files,
    /// The most bytes of one answer's body.
    pub max_response: usize,
    /// The most memory that scripts may use, in bytes.
    pub script_memory: usize,
    /// What `User-Agent` says where the collection doesn't.
    pub user_agent: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            iterations: None,
            folders: Vec::new(),
            shuffle: None,
            bail: false,
            request_timeout: None,
            script_timeout: Duration::from_mins(1),
            script_watch: None,
            timeout: None,
            delay: Duration::ZERO,
            ways: Ways::default(),
            insecure: false,
            follow_redirects: true,
            max_redirects: 10,
            cookies: Jar::default(),
            files: Files::Denied,
            max_response: 100 * 1024 * 1024,
            script_memory: 256 * 1024 * 1024,
            user_agent: concat!("Postern/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
