//! The demo's sample API: a bookshop whose warehouse is down now and then.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

/// What a login gives, and everything else wants.
const TOKEN: &str = "demo-token";

/// The bookshop.
pub(super) struct Bookshop(Mutex<Shelf>);

struct Shelf {
    books: BTreeMap<u64, Value>,
    next: u64,
    stock_checks: u64,
}

impl Bookshop {
    pub(super) fn new() -> Self {
        let titles = [
            "A Book of Gates",
            "Castles for Beginners",
            "The Watch at Night",
        ];
        let books = (1..)
            .zip(titles)
            .map(|(id, title)| (id, json!({"id": id, "title": title})))
            .collect();
        Self(Mutex::new(Shelf {
            books,
            next: 4,
            stock_checks: 0,
        }))
    }

    pub(super) fn answer(&self, request: &Request<Bytes>) -> Response<Full<Bytes>> {
        let mut shop = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let path: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        if (request.method(), path.as_slice()) == (&Method::POST, ["login"].as_slice()) {
            return match body["password"].as_str() {
                Some("open sesame") => reply(StatusCode::OK, &json!({"token": TOKEN})),
                _ => reply(
                    StatusCode::UNAUTHORIZED,
                    &json!({"error": "wrong password"}),
                ),
            };
        }
        let bearer = request
            .headers()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        if bearer != Some(&format!("Bearer {TOKEN}")) {
            return reply(StatusCode::UNAUTHORIZED, &json!({"error": "log in first"}));
        }
        match (request.method().as_str(), path.as_slice()) {
            ("GET", ["books"]) => reply(
                StatusCode::OK,
                &json!({"books": shop.books.values().collect::<Vec<_>>()}),
            ),
            ("POST", ["books"]) => {
                let id = shop.next;
                shop.next += 1;
                let book = json!({"id": id, "title": body["title"], "isbn": body["isbn"]});
                shop.books.insert(id, book.clone());
                reply(StatusCode::CREATED, &book)
            }
            ("DELETE", ["books", id]) => {
                match id.parse().ok().and_then(|id| shop.books.remove(&id)) {
                    Some(_) => reply(StatusCode::NO_CONTENT, &Value::Null),
                    None => reply(StatusCode::NOT_FOUND, &json!({"error": "no such book"})),
                }
            }
            ("GET", ["stock"]) => {
                shop.stock_checks += 1;
                // Of six checks the second and the third find the warehouse closed.
                if matches!(shop.stock_checks % 6, 2 | 3) {
                    reply(
                        StatusCode::SERVICE_UNAVAILABLE,
                        &json!({"error": "the warehouse is closed"}),
                    )
                } else {
                    reply(StatusCode::OK, &json!({"inStock": 42}))
                }
            }
            _ => reply(StatusCode::NOT_FOUND, &json!({"error": "no such page"})),
        }
    }
}

fn reply(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        "content-type",
        http::HeaderValue::from_static("application/json"),
    );
    response
}
