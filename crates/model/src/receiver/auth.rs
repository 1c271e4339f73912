//! How a receiver knows who calls, besides the signature.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{InvalidConfig, MAX_VALUE_BYTES, check_url};

/// What goes into `Authorization`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReceiverAuth {
    /// A name and a password (RFC 7617).
    Basic {
        /// The name; it can't hold a colon.
        username: String,
        /// The password; secret.
        password: String,
    },
    /// A token (RFC 6750).
    Bearer {
        /// The token; secret.
        token: String,
    },
    /// A token that a token server gives to us (RFC 6749, client credentials).
    #[serde(rename = "oauth2")]
    OAuth2(ClientCredentials),
}

/// What a token server is asked with.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientCredentials {
    /// The token server's address.
    pub token_url: String,
    /// Who we are there.
    pub client_id: String,
    /// What proves it; secret.
    pub client_secret: String,
    /// What the token is for, in words of the token server's, with spaces in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Whom the token is for, where the token server wants to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Where id and secret go.
    #[serde(default)]
    pub client_authentication: ClientAuthentication,
}

/// Where id and secret go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// Into `Authorization`, which every token server takes.
    #[default]
    Header,
    /// Into the form, for those that want them there.
    Body,
}

impl ReceiverAuth {
    /// The secrets in it, by the names of their fields.
    pub fn secrets(&self) -> Vec<(&'static str, &String)> {
        match self {
            Self::Basic { password, .. } => vec![("password", password)],
            Self::Bearer { token } => vec![("token", token)],
            Self::OAuth2(client) => vec![("clientSecret", &client.client_secret)],
        }
    }

    /// The same, to be changed.
    pub fn secrets_mut(&mut self) -> Vec<(&'static str, &mut String)> {
        match self {
            Self::Basic { password, .. } => vec![("password", password)],
            Self::Bearer { token } => vec![("token", token)],
            Self::OAuth2(client) => vec![("clientSecret", &mut client.client_secret)],
        }
    }

    pub(super) fn check(&self) -> Result<(), InvalidConfig> {
        match self {
            Self::Basic { username, password } => {
                if username.contains(':') {
                    return Err(wrong("username", "it can't hold a colon"));
                }
                text("username", username, true)?;
                text("password", password, true)
            }
            Self::Bearer { token } => text("token", token, false),
            Self::OAuth2(client) => {
                check_url(&client.token_url).map_err(|error| match error {
                    InvalidConfig::Url(problem) => wrong("tokenUrl", problem),
                    other => other,
                })?;
                text("clientId", &client.client_id, false)?;
                text("clientSecret", &client.client_secret, true)?;
                text("scope", client.scope.as_deref().unwrap_or_default(), true)?;
                text(
                    "audience",
                    client.audience.as_deref().unwrap_or_default(),
                    true,
                )
            }
        }
    }
}

fn wrong(field: &'static str, problem: &'static str) -> InvalidConfig {
    InvalidConfig::Auth { field, problem }
}

fn text(field: &'static str, value: &str, may_be_empty: bool) -> Result<(), InvalidConfig> {
    if value.is_empty() && !may_be_empty {
        return Err(wrong(field, "it can't be empty"));
    }
    if value.len() > MAX_VALUE_BYTES {
        return Err(wrong(field, "it has more than 8 KiB"));
    }
    if value.chars().any(char::is_control) {
        return Err(wrong(
            field,
            "it can't hold a line break or another control character",
        ));
    }
    Ok(())
}

impl fmt::Debug for ReceiverAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic",
            Self::Bearer { .. } => "Bearer",
            Self::OAuth2(_) => "OAuth2",
        })
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
