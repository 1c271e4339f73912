//! What newman and we say alike could be wrong alike: http-auth, a server's library, checks what Digest says, and how often it says it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use postern_egress::testing::Receiver;
use postern_runner::{Options, RunEvent};
use serde_json::{Value, json};

use crate::oracle;
use crate::played::{plan, play};

/// The first part of a path says the algorithm and whether there is a `qop`.
const SERVER: &str = "const auth = require('http-auth'), http = require('http'), { createHash } = require('crypto');
    const secret = createHash('md5').update('Mufasa:Savannah:Circle of Life').digest('hex');
    const known = (user, answer) => answer(user === 'Mufasa' ? secret : undefined);
    const guards = {};
    for (const algorithm of ['MD5', 'MD5-sess']) for (const qop of ['auth', 'none'])
        guards[`${algorithm}-${qop}`] = auth.digest({ realm: 'Savannah', algorithm, qop }, known)
            .check((request, response) => response.end(`hello ${request.user}`));
    const server = http.createServer((request, response) => guards[request.url.split('/')[1]](request, response));
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));";

struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start() -> Option<Self> {
        let modules = oracle::modules()?;
        let mut command = Command::new("node");
        command.args(["-e", SERVER]).env("NODE_PATH", modules);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Some(Self { process, port })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn folder(port: u16, kind: &str, password: &str) -> Value {
    let algorithm = kind.rsplit_once('-').unwrap().0;
    let item = |name: &str, method: &str| {
        let url = format!("http://127.0.0.1:{port}/{kind}/{name}?a=b c");
        json!({"name": name, "request": {"method": method, "url": url}})
    };
    json!({
        "name": kind, "item": [item("one", "GET"), item("two", "POST")],
        "auth": {"type": "digest", "digest": {"username": "Mufasa", "password": password, "algorithm": algorithm}},
    })
}

#[test]
fn a_digest_is_accepted_again_and_again_and_a_wrong_one_never() {
    let Some(server) = Server::start() else {
        return;
    };
    let base = Receiver::start();
    for kind in ["MD5-auth", "MD5-none", "MD5-sess-auth", "MD5-sess-none"] {
        for (password, expected) in [("Circle of Life", 200), ("Hakuna matata", 401)] {
            let items = [folder(server.port, kind, password)];
            let collection = json!({"info": {"name": "Digest"}, "item": items});
            // Of a nonce's count, the tenth and later ones are written with two digits.
            let options = Options {
                iterations: Some(12),
                ..Options::default()
            };
            let mut statuses = Vec::new();
            let summary = play(
                &plan(collection, &base, options),
                &mut |event: &RunEvent<'_>| {
                    if let RunEvent::StepEnded { execution, .. } = event {
                        statuses.push(execution.response.as_ref().unwrap().status);
                    }
                },
            );
            assert_eq!(statuses, vec![expected; 24], "{kind} {password}");
            // Only the first one has to be asked, and who was refused isn't asked anew.
            assert_eq!(summary.requests.total, 25, "{kind} {password}");
        }
    }
}
