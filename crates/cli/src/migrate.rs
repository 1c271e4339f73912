//! `postern migrate`: the schema, brought up to date.

use crate::args::MigrateArgs;
use crate::config::{self, Config, Layers};
use crate::exit::Exit;
use crate::{database, logs, output};

/// Applies what is missing and says what that was.
pub(crate) async fn run(args: MigrateArgs) -> anyhow::Result<Exit> {
    let layers = Layers::read(&args.storage.into(), &config::environment())?;
    let config = Config::of(&layers)?;
    logs::begin(&config.telemetry)?;
    let store = database::open(&config.storage).await?;
    let migrated = store.migrate().await?;
    store.close().await;
    output::line(if migrated.from == migrated.to {
        format!("The schema is up to date (version {}).", migrated.to)
    } else {
        format!(
            "The schema went from version {} to {}.",
            migrated.from, migrated.to
        )
    });
    Ok(Exit::Ok)
}
