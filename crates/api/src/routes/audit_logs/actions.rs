//! `GET /audit-actions`.

use axum::Json;
use postern_model::AuditAction;

use crate::caller::{Admin, Caller};
use crate::shapes::audit::AuditActionView;

/// Lists what the audit log knows of.
#[utoipa::path(
    get, path = "/audit-actions", tag = "people",
    security(("api_key" = ["admin"])),
    responses((status = 200, description = "All that `GET /audit/logs` can be asked for by `action`.", body = Vec<AuditActionView>)),
)]
pub(crate) async fn list_audit_actions(_caller: Caller<Admin>) -> Json<Vec<AuditActionView>> {
    let all = AuditAction::ALL.iter();
    Json(all.map(|action| AuditActionView::of(*action)).collect())
}
