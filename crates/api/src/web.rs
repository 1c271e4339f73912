//! The web app, served from the program itself.
//!
//! Names below `assets/` hold a hash of what is in the file, so browsers keep those for ever. Everything else is asked for
//! again each time, and sent only when it has changed. Any other path of a page is the page: the app reads the path itself.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use postern_model::ContentHash;

use crate::Api;
use crate::error::{ApiError, ErrorName};
use crate::router::no_route;

include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// A file of the app, with what was compressed of it when the program was built.
struct File {
    path: &'static str,
    bytes: &'static [u8],
    br: Option<&'static [u8]>,
    gz: Option<&'static [u8]>,
}

const PAGE: &str = "index.html";
/// What stands in the page where the server writes the path that it is reached at.
const BASE: &str = "<base href=\"/\" />";

/// No script but our own files, nothing from other hosts, in nobody's frame. Mantine sets inline styles.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Answers what is no route of the API: a file of the app, or its page.
pub(crate) async fn serve(
    State(api): State<Api>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let path = uri.path().trim_start_matches('/');
    let is_ours = !["api", "in"].contains(&path.split('/').next().unwrap_or_default());
    if !is_ours || !api.config().answers {
        return Err(no_route(&uri));
    }
    let file = find(path).filter(|file| file.path != PAGE);
    let page = || find(PAGE).filter(|_| is_page(path));
    let Some(file) = file.or_else(page) else {
        return Err(no_route(&uri));
    };
    if method != Method::GET && method != Method::HEAD {
        return Err(ApiError::new(
            ErrorName::MethodNotAllowed,
            format!("{} does not take {method}", uri.path()),
        ));
    }
    Ok(if file.path == PAGE {
        let base = api.config().public_url.path();
        answer(file, page_at(file, base).into(), None, &headers)
    } else {
        let (body, encoding) = smallest(file, &headers);
        answer(file, body.into(), encoding, &headers)
    })
}

fn find(path: &str) -> Option<&'static File> {
    let at = FILES.binary_search_by(|file| file.path.cmp(path));
    at.ok().and_then(|at| FILES.get(at))
}

/// Whether a path may be one of the app's pages. What has an ending in its last part is a file that isn't there.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !path.starts_with("assets/") && !last.contains('.')
}

/// The page, which finds its files below this path.
fn page_at(page: &File, base: &str) -> Vec<u8> {
    let base = if base.ends_with('/') {
        base.to_owned()
    } else {
        format!("{base}/")
    };
    let text = String::from_utf8_lossy(page.bytes);
    // A URL's path has no quotes in it: they are percent-encoded.
    text.replace(BASE, &format!("<base href=\"{base}\" />"))
        .into_bytes()
}

/// The smallest form of a file that the client takes.
fn smallest(file: &'static File, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    let accepts = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",");
    let takes = |coding: &str| {
        accepts.split(',').any(|part| {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            name.trim().eq_ignore_ascii_case(coding) && !matches!(weight.trim(), "q=0" | "q=0.0")
        })
    };
    match file {
        File { br: Some(br), .. } if takes("br") => (br, Some("br")),
        File { gz: Some(gz), .. } if takes("gzip") => (gz, Some("gzip")),
        File { bytes, .. } => (bytes, None),
    }
}

fn answer(
    file: &File,
    body: std::borrow::Cow<'static, [u8]>,
    encoding: Option<&'static str>,
    asked: &HeaderMap,
) -> Response {
    let mut headers = HeaderMap::new();
    let kept = if file.path.starts_with("assets/") {
        FOREVER
    } else {
        "no-cache"
    };
    for (name, value) in [
        (header::CONTENT_TYPE, type_of(file.path)),
        (header::CACHE_CONTROL, kept),
        (header::VARY, "accept-encoding"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    // What is kept for ever is never asked for again.
    if kept != FOREVER
        && let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", ContentHash::of(&body)))
    {
        let has_it = asked.get(header::IF_NONE_MATCH) == Some(&tag);
        headers.insert(header::ETAG, tag);
        if has_it {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    (headers, body).into_response()
}

fn type_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_pages_are_pages_and_lost_files_are_not() {
        for (path, page) in [
            ("", true),
            ("integrations", true),
            ("collections/12-ab/changelog", true),
            ("assets/index-1234.js", false),
            ("assets/", false),
            ("robots.txt", false),
            ("a/b.c", false),
        ] {
            assert_eq!(is_page(path), page, "{path}");
        }
    }

    #[test]
    fn a_client_gets_what_it_takes() {
        static FILE: File = File {
            path: "assets/a.js",
            bytes: b"whole",
            br: Some(b"br"),
            gz: Some(b"gz"),
        };
        for (accepts, gets) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("BR;q=0.5", Some("br")),
            ("br;q=0, gzip;q=1.0", Some("gzip")),
            ("identity", None),
            ("", None),
            ("brotli, x-gzip", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepts.parse().unwrap());
            assert_eq!(smallest(&FILE, &headers).1, gets, "{accepts}");
        }
        assert_eq!(smallest(&FILE, &HeaderMap::new()).0, b"whole");
    }

    #[test]
    fn the_page_knows_where_it_is_reached() {
        let page = File {
            path: PAGE,
            bytes: b"<head><base href=\"/\" /></head>",
            br: None,
            gz: None,
        };
        for (path, base) in [("/", "/"), ("/postern", "/postern/"), ("/a/b/", "/a/b/")] {
            let text = String::from_utf8(page_at(&page, path)).unwrap();
            assert_eq!(text, format!("<head><base href=\"{base}\" /></head>"));
        }
    }
}
