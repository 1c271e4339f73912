//! Who comes in, and how: sessions, invitations, members of workspaces, and what an auditor asks for.

use std::time::Duration;

use crate::{
    AuditEntryId, ContentHash, InvitationId, Role, SessionId, TeamId, Timestamp, UserId,
    WorkspaceId,
};

/// Somebody is signed in with a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session's id; it opens nothing.
    pub id: SessionId,
    /// The SHA-256 of what the browser's cookie holds.
    pub hash: ContentHash,
    /// In which team.
    pub team: TeamId,
    /// Who.
    pub user: UserId,
    /// With what program, as it calls itself.
    pub agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used (to the minute).
    pub used_at: Timestamp,
    /// From when on it opens nothing.
    pub expires_at: Timestamp,
    /// Whether a one-time link began it, and no password has been set in it since.
    pub by_link: bool,
}

/// How long who came by a link can set a new password without the one until now.
const RESET_LASTS: Duration = Duration::from_hours(1);

impl Session {
    /// Until when a new password can be set in it without the one until now.
    pub fn resets_until(&self) -> Option<Timestamp> {
        self.by_link.then(|| self.created_at + RESET_LASTS)
    }
}

/// A link that signs somebody in, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// The SHA-256 of what the link holds.
    pub hash: ContentHash,
    /// In which team.
    pub team: TeamId,
    /// Whom.
    pub user: UserId,
    /// Since when.
    pub created_at: Timestamp,
    /// From when on it opens nothing.
    pub expires_at: Timestamp,
}

/// A link that makes somebody a member of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The invitation's id; it opens nothing.
    pub id: InvitationId,
    /// To which team.
    pub team: TeamId,
    /// The SHA-256 of what the link holds.
    pub hash: ContentHash,
    /// For whom; empty: for whoever has the link.
    pub email: String,
    /// What the new member may do.
    pub role: Role,
    /// Who invites.
    pub created_by: UserId,
    /// Since when.
    pub created_at: Timestamp,
    /// From when on the link opens nothing.
    pub expires_at: Timestamp,
}

/// Somebody who belongs to a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkspaceMember {
    /// To which workspace.
    pub workspace: WorkspaceId,
    /// Who.
    pub user: UserId,
    /// The most that the user may do there.
    pub role: Role,
}

words! {
    /// What an auditor asks for.
    AuditAction {
        /// Somebody came in with a password, or by way of another service.
        SignedIn = "user.signed_in",
        /// Somebody gave a wrong password.
        SignInFailed = "user.sign_in_failed",
        /// Somebody ended a session.
        SignedOut = "user.signed_out",
        /// Somebody has another password.
        PasswordChanged = "user.password_changed",
        /// There is a link that signs somebody in once.
        SignInLinkCreated = "user.link_created",
        /// There is an invitation.
        InvitationCreated = "invitation.created",
        /// An invitation was taken back.
        InvitationDeleted = "invitation.deleted",
        /// Somebody came to the team.
        MemberJoined = "member.joined",
        /// Somebody may do more or less.
        MemberRoleChanged = "member.role_changed",
        /// Somebody has another name or e-mail address.
        MemberChanged = "member.changed",
        /// The team has another name.
        TeamRenamed = "team.renamed",
        /// Somebody was taken out of the team.
        MemberRemoved = "member.removed",
        /// Others belong to a workspace, or may do more or less there.
        WorkspaceMembersChanged = "workspace.members_changed",
        /// There is a key.
        ApiKeyCreated = "api_key.created",
        /// A key opens nothing any more.
        ApiKeyDeleted = "api_key.deleted",
        /// An integration signs with another secret.
        SecretRotated = "integration.secret_rotated",
        /// There is an address that others call, signed.
        IncomingHookCreated = "incoming_hook.created",
        /// It is gone.
        IncomingHookDeleted = "incoming_hook.deleted",
        /// Others sign with another secret.
        IncomingSecretRotated = "incoming_hook.secret_rotated",
    }
}

/// Something that an auditor asks for: who came in, and who gave whom what rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: AuditEntryId,
    /// In which team.
    pub team: TeamId,
    /// What was done.
    pub action: AuditAction,
    /// Who did it.
    pub user: UserId,
    /// That person's name at the time.
    pub user_name: String,
    /// The line that people read.
    pub message: String,
    /// From which address; empty where it is not known.
    pub address: String,
    /// With what program, as it calls itself; empty where it is not known.
    pub agent: String,
    /// When.
    pub created_at: Timestamp,
}
