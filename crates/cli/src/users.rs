//! `postern users`: the people of a team, directly on the database. For the first one, and for who has forgotten the password.

use std::io::{IsTerminal, Read as _, stdin};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use postern_journal::Actor;
use postern_model::hash_password;

use crate::args::{RoleWord, StorageFlags};
use crate::exit::Exit;
use crate::keys::AtHand;
use crate::output;
use crate::random::SecureRandom;

/// What `postern users` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern users list
  postern users link admin@localhost
  postern users password admin@localhost < password.txt
  postern users invite --role editor

These use the database itself: with SQLite the server must be stopped meanwhile. While it runs, admins list and
invite people by the API (/api/users, /api/invitations); somebody else's password is set only here.")]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    command: UsersCommand,
}

#[derive(Debug, Subcommand)]
enum UsersCommand {
    /// List the people of the team
    List(ListArgs),
    /// Make a link that signs somebody in, once, within an hour
    Link(LinkArgs),
    /// Give somebody a password, and end that person's sessions
    Password(PasswordArgs),
    /// Make a link that lets somebody into the team, once, within a week
    Invite(InviteArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern users list")]
struct ListArgs {
    #[command(flatten)]
    storage: StorageFlags,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern users link admin@localhost")]
struct LinkArgs {
    /// The person's e-mail address
    email: String,
    #[command(flatten)]
    storage: StorageFlags,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern users password admin@localhost                 asks for it
  pass show postern | postern users password admin@localhost")]
struct PasswordArgs {
    /// The person's e-mail address
    email: String,
    #[command(flatten)]
    storage: StorageFlags,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  postern users invite --role editor
  postern users invite --role viewer --email bob@example.com")]
struct InviteArgs {
    /// What the new member may do
    #[arg(long, value_enum, default_value_t = RoleWord::Editor)]
    role: RoleWord,
    /// For whom; without it, for whoever has the link
    #[arg(long)]
    email: Option<String>,
    #[command(flatten)]
    storage: StorageFlags,
}

/// Does what was asked with users.
pub(crate) async fn run(args: UsersArgs) -> anyhow::Result<Exit> {
    match args.command {
        UsersCommand::List(args) => list(args).await,
        UsersCommand::Link(args) => link(args).await,
        UsersCommand::Password(args) => password(args).await,
        UsersCommand::Invite(args) => invite(args).await,
    }
}

async fn list(args: ListArgs) -> anyhow::Result<Exit> {
    let at_hand = AtHand::open(args.storage).await?;
    let mut tx = at_hand.store.read().await?;
    for member in tx.memberships().list(at_hand.admin.team).await? {
        let has_password = tx.users().password_hash(member.user.id).await?.is_some();
        output::line(format_args!(
            "{:<8} {:<7} {:<32} {}{}",
            member.user.id,
            member.role.as_str(),
            member.user.email,
            member.user.full_name,
            if has_password { "" } else { " (no password)" }
        ));
    }
    drop(tx);
    at_hand.store.close().await;
    Ok(Exit::Ok)
}

async fn password(args: PasswordArgs) -> anyhow::Result<Exit> {
    let at_hand = AtHand::open(args.storage).await?;
    let actor = person(&at_hand, &args.email).await?;
    let hash = hash_password(&ask()?, &SecureRandom).context("take the password")?;
    at_hand.journal.set_password(&actor, &hash, None).await?;
    at_hand.store.close().await;
    output::note(format_args!("{} has this password now.", actor.name));
    Ok(Exit::Ok)
}

async fn link(args: LinkArgs) -> anyhow::Result<Exit> {
    let at_hand = AtHand::open(args.storage).await?;
    let person = person(&at_hand, &args.email).await?;
    let actor = Actor {
        team: person.team,
        ..at_hand.admin.clone()
    };
    let journal = &at_hand.journal;
    let token = journal.make_sign_in_link(&actor, person.user).await?;
    at_hand.store.close().await;
    output::note(format_args!(
        "The link signs {} in, once, within an hour. It is shown this once.",
        person.name
    ));
    output::line(at_hand.at(&format!("welcome#{token}")));
    Ok(Exit::Ok)
}

/// Who has this address, ready to act.
async fn person(at_hand: &AtHand, email: &str) -> anyhow::Result<Actor> {
    let mut tx = at_hand.store.read().await?;
    let Some(user) = tx.users().find_by_email(email).await? else {
        bail!("find {email}: nobody has this address (postern users list tells who is there)");
    };
    let Some((team, _)) = tx.memberships().first(user.id).await? else {
        bail!("find the team of {email}: the person is in none");
    };
    Ok(Actor {
        team,
        user: user.id,
        name: user.full_name,
        origin: at_hand.admin.origin.clone(),
    })
}

/// A line of stdin. On a terminal it is seen while it is typed.
fn ask() -> anyhow::Result<String> {
    if stdin().is_terminal() {
        output::note(
            "The new password, 8 to 256 characters (it is seen while you type), then Enter:",
        );
        let mut line = String::new();
        stdin().read_line(&mut line).context("read the password")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let mut text = String::new();
    stdin()
        .take(1024)
        .read_to_string(&mut text)
        .context("read the password from stdin")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

async fn invite(args: InviteArgs) -> anyhow::Result<Exit> {
    let at_hand = AtHand::open(args.storage).await?;
    let (_, token) = at_hand
        .journal
        .invite(&at_hand.admin, args.email, args.role.into())
        .await?;
    at_hand.store.close().await;
    output::note("The link lets one person in, within a week. It is shown this once.");
    output::line(at_hand.at(&format!("invite/{token}")));
    Ok(Exit::Ok)
}
