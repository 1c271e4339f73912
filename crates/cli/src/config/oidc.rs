//! The service that people sign in with.

use postern_model::Role;
use url::Url;

use super::{ConfigError, Layers};

/// The service that people sign in with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OidcSettings {
    /// Its issuer.
    pub(crate) issuer: Url,
    /// What it knows this server by.
    pub(crate) client_id: String,
    /// And that it is this server.
    pub(crate) client_secret: String,
    /// What people call it.
    pub(crate) name: String,
    /// The role of whoever comes for the first time.
    pub(crate) new_members: Option<Role>,
}

impl std::fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OidcSettings")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl OidcSettings {
    /// What the settings say; nothing without an issuer.
    pub(super) fn of(layers: &Layers) -> Result<Option<Self>, ConfigError> {
        let address = "an address (https://login.example.com)";
        let Some(issuer) = layers.optional("oidc.issuer", address)? else {
            return Ok(None);
        };
        let text = |key: &'static str| {
            let text = layers.text(key).to_owned();
            if text.is_empty() {
                return Err(layers.wrong(key, "oidc.issuer needs it too".to_owned()));
            }
            Ok(text)
        };
        let role = layers.text("oidc.new_members");
        let new_members = Role::parse(role);
        if new_members.is_none() && !role.is_empty() {
            let problem = format!("{role:?} is not viewer, editor or admin");
            return Err(layers.wrong("oidc.new_members", problem));
        }
        Ok(Some(Self {
            issuer,
            client_id: text("oidc.client_id")?,
            client_secret: text("oidc.client_secret")?,
            name: text("oidc.name")?,
            new_members,
        }))
    }
}
