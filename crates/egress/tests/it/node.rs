//! Node's HTTP client is the measure of what counts as an answer: odd ones are given to both, and what they make of
//! them is compared.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use postern_egress::testing::{Answer, Receiver};
use postern_egress::{Exchange, Failure, Request, check_url};
use serde_json::{Value, json};

use crate::{open, short};

mod odd;

use odd::{DIFFERENT, SAME};

/// A line of the tables: perhaps the method, then the bytes, each as the character of its number.
fn case(line: &str) -> (&str, String) {
    let (method, answer) = line
        .split_once("HEAD of ")
        .map_or(("GET", line), |(_, rest)| ("HEAD", rest));
    let answer = answer
        .replace("{200}", "HTTP/1.1 200 OK\r\n")
        .replace("{2}", "Content-Length: 2\r\n")
        .replace(
            "{chunks}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        )
        .replace("{long}", &"w".repeat(15_000))
        .replace("{longer}", &"w".repeat(17_000))
        .replace("{many}", &"a:\r\n".repeat(990));
    (method, answer)
}

/// What Node's client makes of each; `None` where there is no Node.
fn nodes_view(lines: &[&str]) -> Option<Vec<Value>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node/answers.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let cases: Vec<Value> = lines
        .iter()
        .map(|line| case(line))
        .map(|(method, answer)| json!({"method": method, "answer": answer}))
        .collect();
    let mut input = node.stdin.take().expect("a pipe");
    input
        .write_all(json!(cases).to_string().as_bytes())
        .expect("a script that reads");
    drop(input);
    let output = node.wait_with_output().expect("a script that ends");
    Some(serde_json::from_slice(&output.stdout).expect("a list of outcomes"))
}

async fn our_view(line: &str) -> Result<Exchange, Failure> {
    let (method, answer) = case(line);
    let bytes: Vec<u8> = answer
        .chars()
        .map(|letter| u8::try_from(letter).expect("a byte"))
        .collect();
    let receiver = Receiver::start();
    receiver.answer(Answer::raw(bytes));
    let request = Request::new(method, check_url(&receiver.url("/")).expect("a URL"));
    open().send(request, &short()).await
}

fn as_node_tells_it(exchange: &Exchange) -> Value {
    let latin1 = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|&byte| char::from(byte))
            .collect::<String>()
    };
    let headers: Vec<&String> = exchange
        .headers
        .iter()
        .flat_map(|(name, value)| [name, value])
        .collect();
    json!({
        "status": exchange.status,
        "reason": exchange.reason,
        "version": exchange.version,
        "headers": headers,
        "body": latin1(&exchange.body),
    })
}

#[tokio::test]
async fn odd_answers_are_taken_as_node_takes_them() {
    let Some(nodes) = nodes_view(SAME) else {
        println!("skipped: there is no node on the path");
        return;
    };
    for (line, node) in SAME.iter().zip(nodes) {
        match our_view(line).await {
            Ok(exchange) => assert_eq!(as_node_tells_it(&exchange), node, "{line:?}"),
            Err(failure) => assert!(
                node["error"].is_string(),
                "{line:?}: {failure}, and Node has {node}"
            ),
        }
    }
}

#[tokio::test]
async fn where_we_differ_from_node_it_is_on_purpose() {
    let lines: Vec<&str> = DIFFERENT.iter().map(|(line, _)| *line).collect();
    let Some(nodes) = nodes_view(&lines) else {
        println!("skipped: there is no node on the path");
        return;
    };
    for ((line, expected), node) in DIFFERENT.iter().zip(nodes) {
        let ours = match our_view(line).await {
            Ok(exchange) => as_node_tells_it(&exchange),
            Err(failure) => json!({"error": failure.to_string()}),
        };
        assert_ne!(ours, node, "{line:?} is no difference any more");
        let told = match &ours["error"] {
            Value::String(error) => error.clone(),
            _ => format!("{} with {}", ours["status"], ours["body"]),
        };
        assert_eq!(told, *expected, "{line:?}");
    }
}
