//! The connectors against the real services: each is started here, an integration with it is made by the API of a real server,
//! something happens, and then we look into the service for what came.
//!
//! Wherever an attempt is read, it is also asserted that no secret of the integration stands in it, nor in the server's log.

mod alertmanager;
mod azure;
mod basic;
mod folder;
mod gate;
mod happening;
mod installed;
mod integration;
mod matrix;
mod pushgateway;
mod s3;
mod service;
mod webdav;

use crate::server::Place;

/// A place whose server tells much, so that a secret which it tells is seen.
fn place() -> Place {
    Place::new().with("POSTERN_LOG", "debug")
}
