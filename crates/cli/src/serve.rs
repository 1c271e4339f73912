//! `postern serve`: a server, until a signal stops it.

use postern_journal::FirstStart;

use crate::args::ServerFlags;
use crate::config::{self, Config, Layers};
use crate::exit::Exit;
use crate::house::{House, HouseConfig};
use crate::metrics::Counters;
use crate::output::{self, Paint, Stream};
use crate::signals::Signals;
use crate::{database, logs};

/// Runs the server.
pub(crate) async fn run(flags: ServerFlags) -> anyhow::Result<Exit> {
    let layers = Layers::read(&flags.into(), &config::environment())?;
    let config = Config::of(&layers)?;
    logs::begin(&config.telemetry)?;
    let mut signals = Signals::listen()?;

    let has_first_key = config.server.bootstrap_api_key.is_some();
    let house = HouseConfig {
        settings: layers.shown(),
        ..house_config(config)?
    };
    let house = tokio::select! {
        started = House::start(house) => started?,
        // A start that waits for its database can be given up: what it has not committed is undone.
        _ = signals.next() => return Ok(Exit::Ok),
    };
    output::line(format_args!("listening on http://{}", house.address()));
    welcome(&house, has_first_key);

    let name = signals.next().await;
    output::note(format_args!(
        "{name}: ending what is under way; once more ends at once"
    ));
    tokio::select! {
        () = house.stop() => Ok(Exit::Ok),
        _ = signals.next() => Ok(Exit::Interrupted),
    }
}

fn house_config(config: Config) -> anyhow::Result<HouseConfig> {
    let prepared = database::prepare(&config.storage)?;
    Ok(HouseConfig {
        migrate: config.storage.migrate,
        listen: config.server.listen,
        public_url: config.server.public_url,
        webhooks_allow: config.egress.webhooks_allow,
        monitors_allow: config.egress.monitors_allow,
        name_servers: config.egress.name_servers,
        calls_per_minute: config.server.calls_per_minute,
        oidc: config.oidc,
        source_directories: config.source_directories,
        backup_directories: config.backup_directories,
        monitors: config.monitors,
        roles: config.server.roles,
        retention: config.retention,
        first_start: FirstStart {
            key: config.server.bootstrap_api_key,
            ..FirstStart::default()
        },
        grace: config.server.grace,
        counters: config.telemetry.metrics.then(Counters::begin).transpose()?,
        ..HouseConfig::new(prepared.storage, prepared.secret_key)
    })
}

/// At the first start: what was made, and how to get in.
fn welcome(house: &House, has_first_key: bool) {
    let Some(founded) = house.founded() else {
        return;
    };
    let made = format!(
        "This is the first start: made the team \"My team\", its admin (user {}) and the workspace {}.",
        founded.admin.user.0, founded.workspace
    );
    output::note(Stream::Err.paint(Paint::Green, made));
    output::note(if has_first_key {
        "The admin's first API key is the one of POSTERN_BOOTSTRAP_API_KEY; send it as X-Api-Key."
    } else {
        "There is no API key yet. Stop the server and make one with `postern keys create` (on PostgreSQL it may keep \
         running), or begin with an empty database and POSTERN_BOOTSTRAP_API_KEY."
    });
    if let Some(link) = house.first_link() {
        let link = format!("Finish the set-up in a browser, once and within 24 hours: {link}");
        output::note(Stream::Err.paint(Paint::Green, link));
        output::note("Another such link: `postern users link admin@localhost`.");
    }
}
