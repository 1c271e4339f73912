//! The audit log: who came in, and who gave whom what rights. Nothing takes lines away.

use postern_model::{AuditAction, AuditEntry, TeamId, Timestamp, UserId};

use crate::argument::args;
use crate::row::Row;
use crate::statement::statements;
use crate::{Page, PageRequest, StorageError, Tx};

macro_rules! columns {
    () => {
        "team, id, action, user_id, user_name, message, address, agent, created_at"
    };
}

statements! {
    INSERT = concat!("INSERT INTO audit_log (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    LIST = concat!("SELECT ", columns!(), " FROM audit_log
        WHERE team = $1 AND id < $2 AND (created_at >= $3 OR $3 IS NULL) AND (created_at < $4 OR $4 IS NULL)
            AND (user_id = $5 OR $5 IS NULL) AND (action = $6 OR $6 IS NULL)
        ORDER BY id DESC LIMIT $7");
}

/// Which lines of a team's audit log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only those of this time or later.
    pub since: Option<Timestamp>,
    /// Only those before this time.
    pub until: Option<Timestamp>,
    /// Only what this user did.
    pub user: Option<UserId>,
    /// Only this.
    pub action: Option<AuditAction>,
}

/// The table of the audit log.
pub struct AuditLog<'a> {
    pub(crate) tx: &'a mut Tx,
}

impl AuditLog<'_> {
    /// Adds a line.
    pub async fn insert(&mut self, entry: &AuditEntry) -> Result<(), StorageError> {
        self.tx
            .execute(
                &INSERT,
                args![
                    entry.team,
                    entry.id,
                    entry.action.as_str(),
                    entry.user,
                    &entry.user_name,
                    &entry.message,
                    &entry.address,
                    &entry.agent,
                    entry.created_at
                ],
            )
            .await?;
        Ok(())
    }

    /// A team's lines, the newest first.
    pub async fn list(
        &mut self,
        team: TeamId,
        filter: &AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, StorageError> {
        let rows = self
            .tx
            .all(
                &LIST,
                args![
                    team,
                    page.below(),
                    filter.since,
                    filter.until,
                    filter.user,
                    filter.action.map(AuditAction::as_str),
                    page.rows()
                ],
            )
            .await?;
        let entries = rows.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(page.page(entries, |entry: &AuditEntry| entry.id.0))
    }
}

fn entry(row: &Row) -> Result<AuditEntry, StorageError> {
    Ok(AuditEntry {
        team: row.get("team")?,
        id: row.get("id")?,
        action: row.get("action")?,
        user: row.get("user_id")?,
        user_name: row.get("user_name")?,
        message: row.get("message")?,
        address: row.get("address")?,
        agent: row.get("agent")?,
        created_at: row.get("created_at")?,
    })
}
