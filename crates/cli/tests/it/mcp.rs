//! Postman's own MCP server, a client that others wrote, works against the API as it is.

use std::process::Stdio;

use tokio::process::Command;

use crate::server::{KEY, Place, said, workspace};

#[tokio::test]
async fn the_tools_of_postmans_mcp_server_work() {
    let folder = workspace().join("tests/mcp");
    let client = folder.join("node_modules/@postman/postman-mcp-server");
    if !client.exists() {
        let reason = format!(
            "Postman's MCP server is not installed at {}",
            client.display()
        );
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        println!("skipped: {reason} (scripts/prepare test installs it)");
        return;
    }
    let place = Place::new();
    let server = place.serve();
    let ran = Command::new("node")
        .arg(folder.join("scenario.mjs"))
        .env("POSTMAN_API_BASE_URL", format!("{}/api", server.url))
        .env("POSTMAN_API_KEY", KEY)
        .stdin(Stdio::null())
        .output()
        .await
        .expect("node runs");
    let (told, errors) = (said(&ran.stdout), said(&ran.stderr));
    assert!(ran.status.success(), "{told}{errors}");
    let tools: usize = told
        .trim()
        .trim_end_matches(" tools")
        .parse()
        .expect("how many tools were tried");
    assert!(tools > 74, "{tools} tools");
}
