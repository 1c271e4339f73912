//! A statement: one text for two engines where their dialects allow, two where they don't.

/// A statement and its name.
#[derive(Debug)]
pub(crate) struct Statement {
    /// The module and the constant: what errors and logs call it.
    pub(crate) name: &'static str,
    /// The text for SQLite.
    pub(crate) sqlite: &'static str,
    /// The text for PostgreSQL.
    pub(crate) postgres: &'static str,
}

impl Statement {
    /// A statement; `postgres` holds a text of its own for PostgreSQL, or nothing.
    pub(crate) const fn new(
        name: &'static str,
        text: &'static str,
        postgres: &[&'static str],
    ) -> Self {
        Self {
            name,
            sqlite: text,
            postgres: match postgres {
                [own] => own,
                _ => text,
            },
        }
    }
}

/// Declares a repository's statements, each as `NAME = "text";` or `NAME = "text" => "text for PostgreSQL";`, and lists them all
/// in `STATEMENTS` for the test that prepares every one.
macro_rules! statements {
    ($($name:ident = $text:expr $(=> $postgres:expr)?;)+) => {
        $(pub(crate) static $name: crate::statement::Statement = crate::statement::Statement::new(
            concat!(module_path!(), "::", stringify!($name)),
            $text,
            &[$($postgres)?],
        );)+

        #[cfg(feature = "testing")]
        pub(crate) static STATEMENTS: &[&crate::statement::Statement] = &[$(&$name),+];
    };
}
pub(crate) use statements;

/// Every statement of every repository.
#[cfg(feature = "testing")]
pub(crate) fn all() -> impl Iterator<Item = &'static Statement> {
    [
        crate::activities::STATEMENTS,
        crate::api_keys::STATEMENTS,
        crate::attempts::STATEMENTS,
        crate::audit_log::STATEMENTS,
        crate::invitations::STATEMENTS,
        crate::sessions::STATEMENTS,
        crate::sign_in_links::STATEMENTS,
        crate::workspace_members::STATEMENTS,
        crate::blobs::STATEMENTS,
        crate::collections::STATEMENTS,
        crate::comments::STATEMENTS,
        crate::deleted::STATEMENTS,
        crate::environment_forks::STATEMENTS,
        crate::forks::STATEMENTS,
        crate::globals::STATEMENTS,
        crate::health::STATEMENTS,
        crate::hooks::STATEMENTS,
        crate::tags::STATEMENTS,
        crate::deliveries::STATEMENTS,
        crate::deliveries::chosen::STATEMENTS,
        crate::deliveries::sending::STATEMENTS,
        crate::deliveries::waiting::STATEMENTS,
        crate::dialect::STATEMENTS,
        crate::environments::STATEMENTS,
        crate::events::STATEMENTS,
        crate::idempotency::STATEMENTS,
        crate::inbox_requests::STATEMENTS,
        crate::inboxes::STATEMENTS,
        crate::incoming_hooks::STATEMENTS,
        crate::integrations::STATEMENTS,
        crate::leases::STATEMENTS,
        crate::memberships::STATEMENTS,
        crate::monitors::STATEMENTS,
        crate::nodes::STATEMENTS,
        crate::purge::STATEMENTS,
        crate::replays::STATEMENTS,
        crate::runs::STATEMENTS,
        crate::settings::STATEMENTS,
        crate::sources::STATEMENTS,
        crate::digests::STATEMENTS,
        crate::subscribers::STATEMENTS,
        crate::teams::STATEMENTS,
        crate::users::STATEMENTS,
        crate::versions::STATEMENTS,
        crate::watch::STATEMENTS,
        crate::workspaces::STATEMENTS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(
        [
            crate::attempts::ROWS,
            crate::blobs::ROWS,
            crate::deliveries::ROWS,
            crate::deliveries::sending::ROWS,
            crate::events::ROWS,
            crate::integrations::ROWS,
            crate::leases::ROWS,
            crate::subscribers::ROWS,
        ]
        .into_iter()
        .flatten()
        .flat_map(|rows| rows.statements()),
    )
}
