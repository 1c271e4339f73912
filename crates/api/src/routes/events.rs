//! Events of the team's own.

pub(crate) mod publish;
