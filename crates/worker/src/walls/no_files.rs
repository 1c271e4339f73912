//! Landlock: nothing of the file system, no TCP of one's own, no signals and no abstract sockets beyond this process.

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetStatus, Scope,
};

/// The newest version of landlock whose rights are known here; an older kernel closes those that it knows.
const NEWEST: ABI = ABI::V6;

pub(super) fn close() -> Result<(), String> {
    let words = |error: landlock::RulesetError| error.to_string();
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(NEWEST)))
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self)
        .map_err(words)?;
    match status.ruleset {
        // An older kernel lacks some of it; the file system is what only landlock closes, and that every version does.
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
        RulesetStatus::NotEnforced => Err("the kernel lacks it, or has it switched off".to_owned()),
    }
}
