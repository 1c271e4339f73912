//! Tokens that are never twice the same: what newman signs can't be compared with them, so jose verifies them, as a server would.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use postern_egress::testing::Receiver;
use postern_runner::Options;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::oracle;
use crate::played::{nobody, plan, play};

const ALGORITHMS: [&str; 12] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
    "ES384", "ES512",
];

/// What a key is for each kind of algorithm: a private key, or a secret.
const KEYS: &str = "const { generateKeyPairSync: make } = require('crypto');
    const pem = (kind, options) => make(kind, options).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const rsa = pem('rsa', { modulusLength: 2048 });
    const keys = { HS: 'a secret of enough letters', RS: rsa, PS: rsa };
    for (const [name, namedCurve] of [['ES256', 'P-256'], ['ES384', 'P-384'], ['ES512', 'P-521']]) keys[name] = pem('ec', { namedCurve });
    process.stdout.write(JSON.stringify(keys));";

/// Verifies each token with the public half of its key, at the time of the run.
const VERIFY: &str = "const jose = require('jose'), { createPublicKey } = require('crypto');
    const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    const verified = ({ token, algorithm, key, now }) => jose.jwtVerify(token, algorithm.startsWith('HS')
        ? new TextEncoder().encode(key) : createPublicKey(key), { algorithms: [algorithm], currentDate: new Date(now) })
        .then(({ payload, protectedHeader }) => ({ payload, header: protectedHeader }), (error) => ({ error: error.message }));
    Promise.all(asked.map(verified)).then((all) => process.stdout.write(JSON.stringify(all)));";

const NOW: i64 = 1_767_603_600_000;

fn node(modules: &Path, script: &str, input: &Value) -> Value {
    let mut command = Command::new("node");
    command.args(["-e", script]).env("NODE_PATH", modules);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.to_string().as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The tokens that a run with these auths sent, as jose reads them.
fn verified(modules: &Path, kind: &str, auths: &[(&str, Value)], keys: &Keys) -> Vec<Value> {
    let server = Receiver::start();
    let items = auths.iter().map(|(algorithm, parameters)| {
        let auth = json!({"type": kind, kind: parameters});
        json!({"name": algorithm, "request": {"url": "{{base}}/", "auth": auth}})
    });
    let collection = json!({"info": {"name": "Tokens"}, "item": items.collect::<Vec<_>>()});
    play(&plan(collection, &server, Options::default()), &mut nobody);
    let requests = server.requests();
    assert_eq!(requests.len(), auths.len());
    let asked = auths
        .iter()
        .zip(&requests)
        .map(|((algorithm, _), request)| {
            let value = request.header("authorization").unwrap();
            let token = value.strip_prefix("Bearer ").unwrap();
            json!({"token": token, "algorithm": algorithm, "key": keys.of(algorithm), "now": NOW})
        });
    let answers = node(modules, VERIFY, &asked.collect());
    answers.as_array().unwrap().clone()
}

struct Keys(BTreeMap<String, String>);

impl Keys {
    fn made(modules: &Path) -> Self {
        Self(serde_json::from_value(node(modules, KEYS, &Value::Null)).unwrap())
    }

    fn of(&self, algorithm: &str) -> &str {
        self.0
            .get(algorithm)
            .unwrap_or_else(|| &self.0[&algorithm[..2]])
    }
}

#[test]
fn tokens_of_every_algorithm_are_verified_by_jose() {
    let Some(modules) = oracle::modules() else {
        return;
    };
    let keys = Keys::made(&modules);
    let auths = ALGORITHMS.map(|algorithm| {
        let key = keys.of(algorithm);
        let parameters = json!({
            "algorithm": algorithm, "secret": key, "privateKey": key,
            "header": {"kid": "1"}, "payload": r#"{"sub": "ann", "list": [1.0, {}]}"#,
        });
        (algorithm, parameters)
    });
    let read = verified(&modules, "jwt", &auths, &keys);
    for (algorithm, read) in ALGORITHMS.into_iter().zip(read) {
        let header = json!({"kid": "1", "alg": algorithm});
        let expected = json!({"payload": {"sub": "ann", "list": [1, {}]}, "header": header});
        assert_eq!(read, expected, "{algorithm}, with {}", keys.of(algorithm));
    }
}

#[test]
fn tokens_of_asap_hold_for_their_time_and_are_verified_by_jose() {
    let Some(modules) = oracle::modules() else {
        return;
    };
    let keys = Keys::made(&modules);
    let auths = ALGORITHMS[3..].iter().map(|&algorithm| {
        let parameters = json!({
            "alg": algorithm, "kid": "me/key", "iss": "me", "aud": "you", "exp": "120 seconds",
            "privateKey": keys.of(algorithm), "claims": r#"{"more": true}"#,
        });
        (algorithm, parameters)
    });
    let auths: Vec<_> = auths.collect();
    let mut unique = Vec::new();
    for mut read in verified(&modules, "asap", &auths, &keys) {
        let id = read["payload"]["jti"].take();
        let id: Uuid = id.as_str().unwrap().parse().unwrap();
        assert_eq!(id.get_version_num(), 4);
        assert!(!unique.contains(&id), "{id} is there twice");
        unique.push(id);
        let now = NOW / 1000;
        let payload = json!({
            "more": true, "iat": now, "iss": "me", "sub": "me", "jti": null, "aud": "you", "exp": now + 120,
        });
        assert_eq!(read["payload"], payload);
        assert_eq!(read["header"]["kid"], "me/key");
    }
    assert_eq!(unique.len(), 9);
}
