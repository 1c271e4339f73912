//! The user and the password that services ask for.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postern_egress::Request;

pub(super) const USER: &str = "mia";
pub(super) const PASSWORD: &str = "s3cret päss+word";

/// The user and the password as Apache reads them from a file.
pub(super) const HTPASSWD: &str = "mia:{SHA}0G0o4HksK4vfzEgEva4w3osPHNc=\n";

/// A file that has Prometheus' programs ask for them.
pub(super) fn web_config(folder: &Path) -> PathBuf {
    let path = folder.join("web.yml");
    let users = "basic_auth_users:\n  mia: '$2y$04$eX61G3J5CD83WVcrHoBdwOEwOYnskLiW38.QgisbOKVzGrIeDKA.G'\n";
    std::fs::write(&path, users).expect("a file");
    path
}

/// The request with them.
pub(super) fn signed_in(request: Request) -> Request {
    let pair = STANDARD.encode(format!("{USER}:{PASSWORD}"));
    request.header("authorization", format!("Basic {pair}"))
}
