#![doc = include_str!("../README.md")]

mod body;
mod caller;
mod compress;
mod config;
mod error;
mod find;
mod guard;
mod idempotency;
mod identities;
mod listen;
mod mask;
mod oidc;
mod openapi;
mod outcomes;
mod page;
mod params;
mod previous;
mod rate;
mod receiving;
mod request_log;
mod router;
mod routes;
mod serve;
mod shapes;
mod transforms;
mod web;

pub use config::{ApiConfig, Limits, SetBy, ShownSetting};
pub use error::{ErrorName, error_names_page};
pub use oidc::OidcConfig;
pub use outcomes::outcomes_page;
pub use router::openapi;
pub use serve::{Api, Metrics, Readiness};
pub use transforms::{Transforms, Tried};
