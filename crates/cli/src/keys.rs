//! `postern keys`: API keys, directly on the database.

use std::sync::Arc;

use anyhow::bail;
use postern_journal::{Actor, Bells, FirstStart, Journal, NewKey, Origin};
use postern_model::Role;
use postern_storage::{EngineKind, OpenError, Store};
use url::Url;

use crate::args::{CreateKeyArgs, KeysArgs, KeysCommand, StorageFlags};
use crate::config::{self, Config, Layers};
use crate::exit::Exit;
use crate::random::SecureRandom;
use crate::{database, logs, output};

/// Does what was asked with keys.
pub(crate) async fn run(args: KeysArgs) -> anyhow::Result<Exit> {
    match args.command {
        KeysCommand::Create(args) => create(args).await,
    }
}

async fn create(args: CreateKeyArgs) -> anyhow::Result<Exit> {
    let AtHand {
        store,
        journal,
        admin,
        ..
    } = AtHand::open(args.storage).await?;
    let new = NewKey::new(args.name, args.role.into());
    let (record, key) = journal.create_api_key(&admin, new).await?;
    store.close().await;
    output::note(format_args!(
        "Made the API key \"{}\" ({}) for {}. It is shown this once; send it as X-Api-Key.",
        record.name,
        record.role.as_str(),
        admin.name
    ));
    output::line(key);
    Ok(Exit::Ok)
}

/// The database, for a command that changes it directly, and the admin for whom it does.
pub(crate) struct AtHand {
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) admin: Actor,
    /// How people reach the server, where that is configured.
    pub(crate) public_url: Option<Url>,
}

impl AtHand {
    /// Opens it; an empty one gets its first team.
    pub(crate) async fn open(storage: StorageFlags) -> anyhow::Result<Self> {
        let layers = Layers::read(&storage.into(), &config::environment())?;
        let config = Config::of(&layers)?;
        logs::begin(&config.telemetry)?;
        let store = match database::open(&config.storage).await {
            Ok(store) => store,
            Err(error) => return Err(explained(error)),
        };
        // On SQLite nobody else is there. On PostgreSQL servers may be at work, and a schema is not changed under them.
        if store.engine() == EngineKind::Sqlite {
            store.migrate().await?;
        } else {
            store.check_schema().await?;
        }
        let journal = Journal::new(store.clone(), Bells::default(), Arc::new(SecureRandom));
        let founded = journal.first_start(&FirstStart::default()).await?;
        let admin = match founded {
            Some(founded) => founded.admin,
            None => first_admin(&store).await?,
        };
        Ok(Self {
            store,
            journal,
            admin,
            public_url: config.server.public_url,
        })
    }

    /// The address of a page of the server.
    pub(crate) fn at(&self, page: &str) -> String {
        let base = self.public_url.as_ref();
        let base = base.map_or("http://127.0.0.1:7676", Url::as_str);
        format!("{}/{page}", base.trim_end_matches('/'))
    }
}

/// A server that holds the SQLite file is the usual case: says what to do about it.
fn explained(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<OpenError>() {
        Some(OpenError::InUse { path, .. }) => anyhow::anyhow!(
            "use the database: a Postern server is using {}, and with SQLite only one process may; stop it, try again, and \
             start it again",
            path.display()
        ),
        _ => error,
    }
}

/// For whom a key acts that nobody in particular asked for: the first admin of the oldest team.
async fn first_admin(store: &Store) -> anyhow::Result<Actor> {
    let mut tx = store.read().await?;
    for team in tx.teams().list().await? {
        let members = tx.memberships().list(team.id).await?;
        if let Some(admin) = members.iter().find(|member| member.role == Role::Admin) {
            return Ok(Actor {
                team: team.id,
                user: admin.user.id,
                name: admin.user.full_name.clone(),
                origin: Origin {
                    address: String::new(),
                    agent: "postern".to_owned(),
                },
            });
        }
    }
    bail!("find an admin to make the key for: no team has one")
}
