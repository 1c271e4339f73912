//! Integrations: what is sent where.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod deliveries;
pub(crate) mod discard;
pub(crate) mod get;
pub(crate) mod health;
pub(crate) mod list;
pub(crate) mod pause;
pub(crate) mod replace;
pub(crate) mod resume;
pub(crate) mod rotate_secret;
pub(crate) mod test;
pub(crate) mod transform;

use postern_egress::ClientIdentity;
use postern_journal::NewIntegration;
use postern_model::{EventKind, Integration, IntegrationConfig, IntegrationOptions, Role};
use postern_storage::Tx;
use serde_json::{Map, Value};

use crate::Api;
use crate::body::read_value;
use crate::caller::Identity;
use crate::error::{ApiError, ErrorName};
use crate::find;
use crate::shapes::integration::{IntegrationAnswer, IntegrationFields, IntegrationView, Subjects};

/// The uids of what an integration is limited to.
async fn subjects(tx: &mut Tx, integration: &Integration) -> Result<Subjects, ApiError> {
    let mut subjects = Subjects::default();
    if let Some(id) = integration.collection {
        subjects.collection = Some(find::collection_uid(tx, integration.team, id).await?);
    }
    if let Some(id) = integration.monitor {
        subjects.monitor = Some(find::monitor_uid(tx, integration.team, id).await?);
    }
    Ok(subjects)
}

/// What a body asks for, with the ids of what it names.
async fn read(
    tx: &mut Tx,
    caller: &Identity,
    fields: IntegrationFields,
) -> Result<NewIntegration, ApiError> {
    let event = EventKind::parse(&fields.event).filter(|kind| *kind != EventKind::Test).ok_or_else(|| {
        ApiError::invalid(
            "integration.event",
            "must be collection_backup, collection_activity, monitor_results, team_activity, custom, integration_failing or integration_disabled",
        )
    })?;
    check_certificates(&fields.config)?;
    let options = options(&fields.connector, fields.options)?;
    let mut new = NewIntegration {
        name: fields.name,
        connector: fields.connector,
        event,
        workspace: None,
        collection: None,
        monitor: None,
        config: fields.config,
        options,
        secret: fields.secret,
    };
    if let Some(id) = &fields.workspace {
        let found = find::workspace(tx, caller, id).await;
        new.workspace = Some(find::named_by("integration.workspace", found)?.id);
    }
    if let Some(uid) = &fields.collection {
        let found = find::collection(tx, caller, uid).await;
        new.collection = Some(find::named_by("integration.collection", found)?.id);
    }
    if let Some(uid) = &fields.monitor {
        let found = find::monitor(tx, caller, uid).await;
        new.monitor = Some(find::named_by("integration.monitor", found)?.id);
    }
    if new.workspace.is_none() && new.collection.is_none() && new.monitor.is_none() {
        caller.whole_team()?;
    }
    if new.options.closed_workspaces && caller.role < Role::Admin {
        return Err(ApiError::new(
            ErrorName::Forbidden,
            "integration.options.closedWorkspaces is for admins: they see all workspaces",
        ));
    }
    Ok(new)
}

/// What people chose, and what the connector has where they chose nothing.
fn options(connector: &str, chosen: Map<String, Value>) -> Result<IntegrationOptions, ApiError> {
    let connector = postern_catalogue::find(connector);
    let mut options = connector.map(|it| it.options().clone()).unwrap_or_default();
    options.extend(chosen);
    read_value("integration.options", Value::Object(options))
}

/// Whether certificates and keys can be read and belong together.
fn check_certificates(config: &IntegrationConfig) -> Result<(), ApiError> {
    let Some(tls) = &config.tls else {
        return Ok(());
    };
    if let Some(ca) = &tls.ca {
        postern_egress::certificates_from_pem(ca.as_bytes())
            .map_err(|error| ApiError::invalid("integration.config.tls.ca", error))?;
    }
    if let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) {
        ClientIdentity::from_pem(certificate.as_bytes(), key.as_bytes(), None)
            .map_err(|error| ApiError::invalid("integration.config.tls", error))?;
    }
    Ok(())
}

/// Puts these settings in the place of an integration's own.
async fn replace(
    api: &Api,
    caller: &Identity,
    found: &Integration,
    mut fields: IntegrationFields,
) -> Result<IntegrationAnswer, ApiError> {
    if fields.secret.is_some() {
        return Err(ApiError::invalid(
            "integration.secret",
            "a new secret is given with POST /integrations/{id}/rotate-secret",
        ));
    }
    fields.unmask(Some(&found.config))?;
    let mut tx = api.store().read().await?;
    let new = read(&mut tx, caller, fields).await?;
    drop(tx);
    let changed = api
        .journal()
        .replace_integration(&caller.actor(), found.id, new)
        .await?;
    let mut tx = api.store().read().await?;
    let subjects = subjects(&mut tx, &changed).await?;
    Ok(IntegrationAnswer {
        integration: IntegrationView::of(&changed, subjects),
    })
}
