//! The web app as it is served. What it does is tried in a browser: `web/tests/e2e`.

use axum::body::Body;
use http::{Request, StatusCode};

use crate::house::{Answer, House};

async fn ask(house: &House, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    house.send(request.body(Body::empty()).unwrap()).await
}

/// The path of the first script that the page names.
fn script_of(page: &Answer) -> String {
    let from = page.text.find("assets/").unwrap();
    let path: String = page.text[from..]
        .chars()
        .take_while(|it| *it != '"')
        .collect();
    format!("/{path}")
}

#[tokio::test]
async fn any_path_of_a_page_is_the_page_under_strict_rules_and_asked_for_again_each_time() {
    let house = House::sqlite().await;
    for path in [
        "/",
        "/integrations",
        "/collections/12-ab/changelog?version=3",
    ] {
        let page = ask(&house, "GET", path, &[("accept-encoding", "br")]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text.contains("<base href=\"/\" />"), "{path}");
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.headers["cache-control"], "no-cache");
        let rules = page.headers["content-security-policy"].to_str().unwrap();
        assert!(rules.contains("script-src 'self';"), "{rules}");
        assert!(rules.contains("frame-ancestors 'none'"), "{rules}");
        assert!(!page.text.contains("<script>"), "no inline script");
    }
    let page = ask(&house, "GET", "/", &[]).await;
    let tag = page.headers["etag"].to_str().unwrap().to_owned();
    let again = ask(&house, "GET", "/", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.text.is_empty());
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_compressed() {
    let house = House::sqlite().await;
    let script = script_of(&ask(&house, "GET", "/", &[]).await);
    let plain = ask(&house, "GET", &script, &[]).await;
    assert_eq!(plain.status, StatusCode::OK);
    assert_eq!(
        plain.headers["content-type"],
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        plain.headers["cache-control"],
        "public, max-age=31536000, immutable"
    );
    assert!(!plain.headers.contains_key("content-encoding"));
    let head = ask(&house, "HEAD", &script, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.headers["content-encoding"], "br");
    assert_eq!(head.headers["vary"], "accept-encoding");
}

#[tokio::test]
async fn what_is_no_page_and_no_file_is_an_error_of_the_api() {
    let house = House::sqlite().await;
    for (method, path, status) in [
        ("GET", "/assets/index-00000000.js", 404),
        ("GET", "/robots.txt", 404),
        ("GET", "/assets/../Cargo.toml", 404),
        ("GET", "/%2e%2e/secret.txt", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/api", 404),
        ("POST", "/integrations", 405),
        ("DELETE", "/", 405),
    ] {
        let answer = ask(&house, method, path, &[]).await;
        assert_eq!(answer.error().0, status, "{method} {path}");
    }
}

#[tokio::test]
async fn long_answers_of_the_api_are_compressed_for_who_takes_it_and_short_ones_are_not() {
    let house = House::sqlite().await;
    let key = ("x-api-key", crate::house::ADMIN);
    let takes = ("accept-encoding", "gzip, br");
    let description = ask(&house, "GET", "/api/openapi.json", &[key, takes]).await;
    assert_eq!(description.headers["content-encoding"], "gzip");
    let whole = ask(&house, "GET", "/api/openapi.json", &[key]).await;
    assert!(!whole.headers.contains_key("content-encoding"));
    let short = ask(&house, "GET", "/api/workspaces", &[key, takes]).await;
    assert!(!short.headers.contains_key("content-encoding"));
    assert!(short.json()["workspaces"].is_array());
}
