//! A letter of a connector's: handed to the mail server that its fields name.

use postern_catalogue::Given;
use postern_egress::{Letter, MailSecurity, MailServer, Place};
use serde_json::Value;
use url::Url;

/// The mail server that the fields name; an error is a fragment.
pub(super) fn server(given: &Given, public_url: &str) -> Result<MailServer, String> {
    let fields = &given.fields;
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let port = fields.get("port").and_then(Value::as_u64).unwrap_or(587);
    let written = format!("{}:{port}", text("host"));
    let place: Place = written
        .parse()
        .map_err(|_| format!("{written} is no mail server's address"))?;
    let login = match (text("user"), text("password")) {
        ("", _) => None,
        (user, password) => Some((user.to_owned(), password.to_owned())),
    };
    let hello = Url::parse(public_url).ok();
    let hello = hello
        .as_ref()
        .and_then(Url::host_str)
        .unwrap_or("localhost");
    Ok(MailServer {
        place,
        security: match text("security") {
            "tls" => MailSecurity::Tls,
            "none" => MailSecurity::None,
            _ => MailSecurity::StartTls,
        },
        login,
        hello: hello.to_owned(),
    })
}

/// The letter that the transform wrote. It is known by its event and its integration, so that a repeat is seen as one.
pub(super) fn letter(given: &Given, mail: postern_catalogue::Mail) -> Letter {
    let text = |key: &str| {
        given
            .fields
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (integration, _) = &given.integration;
    Letter {
        from: text("from"),
        name: text("fromName"),
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        id: format!("{}.{integration}", given.event.id),
        thread: mail.thread,
        at: given.event.ms,
    }
}
