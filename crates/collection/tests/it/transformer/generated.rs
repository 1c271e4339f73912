//! Collections of older formats, with everything in them that the formats know, and some that they don't.

use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use serde_json::{Map, Value, json};

const TEXTS: [&str; 12] = [
    "a",
    "b",
    "name",
    "{{v}}",
    "two words",
    "",
    "é€",
    "x=y&z",
    "1",
    "{{a.b}}",
    "line\nline",
    "//x",
];
const URLS: [&str; 22] = [
    "http://h/a/:id/:id/:name?x=1&y=&z&=w",
    "{{base}}/items",
    "{{base}}",
    "https://user:pass@example.com:8080/a/b#top",
    "https://user@example.com",
    "h",
    "",
    "  http://h/x",
    "http://h/?a=b&&c",
    "http://h?",
    "http://h/x#",
    "http://{{a.b}}.example.com:{{p:q}}/{{c/d}}?{{e&f}}={{g#h}}#{{i}}",
    "localhost:3000/:",
    "http://[::1]:80/x",
    "/a/b",
    "?a=1",
    "#x",
    ":port",
    "http://h:/x",
    "http://h/a%20b/ü?q=é+x%26",
    "ftp://h/x",
    "http://h/a//b/",
];
const KEYS: [&str; 6] = ["a", "b", "Content-Type", "x-long-name", "é", "{{k}}"];

fn text(random: &mut StdRng) -> String {
    (*TEXTS.choose(random).unwrap()).to_owned()
}

fn one_in(random: &mut StdRng, of: u32) -> bool {
    random.random_range(0..of) == 0
}

/// Adds a field, one time in so many.
fn maybe(
    fields: &mut Map<String, Value>,
    key: &str,
    of: u32,
    random: &mut StdRng,
    value: impl FnOnce(&mut StdRng) -> Value,
) {
    if one_in(random, of) {
        let value = value(random);
        fields.insert(key.to_owned(), value);
    }
}

fn scalar(random: &mut StdRng) -> Value {
    match random.random_range(0..6) {
        0 => Value::Null,
        1 => random.random::<bool>().into(),
        2 => random.random_range(0..500).into(),
        _ => text(random).into(),
    }
}

fn list(random: &mut StdRng, most: usize, one: impl Fn(&mut StdRng) -> Value) -> Value {
    (0..random.random_range(0..=most))
        .map(|_| one(random))
        .collect()
}

fn description(random: &mut StdRng) -> Value {
    match random.random_range(0..4) {
        0 => "".into(),
        1 => Value::Null,
        _ => "some words".into(),
    }
}

fn behaviour(random: &mut StdRng) -> Value {
    [
        json!({"followRedirects": false}),
        json!({}),
        Value::Null,
        json!("x"),
    ]
    .choose(random)
    .unwrap()
    .clone()
}

/// An entry with a name and a value, as headers, forms and queries have them.
fn entry(random: &mut StdRng) -> Value {
    let mut fields = Map::new();
    fields.insert("key".to_owned(), (*KEYS.choose(random).unwrap()).into());
    maybe(&mut fields, "value", 1, random, |random| {
        text(random).into()
    });
    maybe(&mut fields, "enabled", 3, random, |random| {
        random.random::<bool>().into()
    });
    maybe(&mut fields, "description", 4, random, description);
    fields.into()
}

fn exec(random: &mut StdRng) -> Value {
    match random.random_range(0..3) {
        0 => "one;\ntwo;".into(),
        1 => json!(["one;", "two;"]),
        _ => "".into(),
    }
}

fn event(random: &mut StdRng) -> Value {
    let mut script = Map::new();
    maybe(&mut script, "id", 2, random, |_| "script".into());
    maybe(&mut script, "type", 2, random, |_| "text/javascript".into());
    maybe(&mut script, "exec", 1, random, exec);
    let mut fields = Map::new();
    maybe(&mut fields, "listen", 1, random, |random| {
        (*["test", "prerequest"].choose(random).unwrap()).into()
    });
    maybe(&mut fields, "disabled", 6, random, |_| true.into());
    fields.insert("script".to_owned(), script.into());
    fields.into()
}

fn variable(random: &mut StdRng) -> Value {
    let mut fields = Map::new();
    fields.insert("key".to_owned(), (*KEYS.choose(random).unwrap()).into());
    fields.insert("value".to_owned(), scalar(random));
    maybe(&mut fields, "id", 3, random, |_| "variable".into());
    maybe(&mut fields, "type", 2, random, |random| {
        (*["text", "string", "number", "any"].choose(random).unwrap()).into()
    });
    maybe(&mut fields, "disabled", 4, random, |random| {
        random.random::<bool>().into()
    });
    maybe(&mut fields, "description", 4, random, description);
    fields.into()
}

/// The kinds of auth, with some of their parameters.
const AUTHS: [(&str, &str, &str); 9] = [
    ("basic", "basicAuth", "username password saveToRequest"),
    ("bearer", "bearerAuth", "token"),
    (
        "digest",
        "digestAuth",
        "username password realm nonce qop nonceCount",
    ),
    ("apikey", "apikeyAuth", "key value in"),
    (
        "oauth1",
        "oAuth1",
        "consumerKey consumerSecret token header auto includeEmpty timestamp",
    ),
    ("oauth2", "oAuth2", "accessToken addTokenTo scope tokenType"),
    ("hawk", "hawkAuth", "hawk_id hawk_key ext app dlg user"),
    ("ntlm", "ntlmAuth", "username password domain workstation"),
    ("awsv4", "awsSigV4", "accessKey secretKey region service"),
];

fn parameters(names: &str, random: &mut StdRng) -> Map<String, Value> {
    let mut found = Map::new();
    for name in names.split(' ') {
        maybe(&mut found, name, 2, random, scalar);
    }
    found
}

fn auth(random: &mut StdRng, is_list: bool) -> Value {
    let (kind, _, names) = AUTHS.choose(random).unwrap();
    let parameters = parameters(names, random);
    let parameters: Value = if is_list {
        let list = parameters
            .into_iter()
            .map(|(key, value)| json!({"key": key, "value": value, "type": "string"}));
        list.collect()
    } else {
        parameters.into()
    };
    match random.random_range(0..8) {
        0 => json!({"type": "noauth"}),
        1 => Value::Null,
        2 => json!({"type": kind}),
        _ => json!({"type": kind, *kind: parameters}),
    }
}

/// What collections, folders and requests of v1 have alike.
fn shared_v1(fields: &mut Map<String, Value>, random: &mut StdRng) {
    maybe(fields, "description", 3, random, description);
    maybe(fields, "protocolProfileBehavior", 4, random, behaviour);
    maybe(fields, "variables", 4, random, |random| {
        list(random, 3, variable)
    });
    maybe(fields, "events", 3, random, |random| list(random, 2, event));
    maybe(fields, "tests", 5, random, exec);
    maybe(fields, "preRequestScript", 5, random, exec);
    maybe(fields, "auth", 3, random, |random| auth(random, true));
    if one_in(random, 4) {
        let (_, helper, names) = AUTHS.choose(random).unwrap();
        let attributes: Value = parameters(names, random).into();
        let helper = match random.random_range(0..8) {
            0 => Value::Null,
            1 => "normal".into(),
            2 => "strangeAuth".into(),
            _ => (*helper).into(),
        };
        fields.insert("currentHelper".to_owned(), helper);
        let attributes = match random.random_range(0..6) {
            0 => Value::Null,
            1 => attributes.to_string().into(),
            2 => "{broken".into(),
            _ => attributes,
        };
        fields.insert("helperAttributes".to_owned(), attributes);
    }
}

fn form_field(random: &mut StdRng) -> Value {
    let mut field = entry(random);
    match random.random_range(0..6) {
        0 => field["type"] = "file".into(),
        1 => {
            field["type"] = "file".into();
            field["value"] = json!(["a.txt", "b.txt"]);
        }
        2 => {
            field["type"] = "file".into();
            field["src"] = "c.txt".into();
        }
        3 => field["key"] = Value::Null,
        _ => field["type"] = "text".into(),
    }
    field
}

fn body_v1(fields: &mut Map<String, Value>, random: &mut StdRng) {
    let modes = [
        "raw",
        "params",
        "urlencoded",
        "graphql",
        "binary",
        "strange",
    ];
    maybe(fields, "dataMode", 1, random, |random| {
        (*modes.choose(random).unwrap()).into()
    });
    maybe(fields, "dataMode", 8, random, |_| Value::Null);
    if one_in(random, 5) {
        fields.shift_remove("dataMode");
    }
    maybe(fields, "data", 2, random, |random| {
        match random.random_range(0..3) {
            0 => text(random).into(),
            _ => list(random, 3, form_field),
        }
    });
    maybe(fields, "rawModeData", 2, random, |random| {
        match random.random_range(0..4) {
            0 => json!([text(random)]),
            1 => Value::Null,
            2 => list(random, 3, form_field),
            _ => text(random).into(),
        }
    });
    maybe(
        fields,
        "graphqlModeData",
        4,
        random,
        |random| match random.random_range(0..3) {
            0 => json!({}),
            _ => json!({"query": text(random), "variables": "{}"}),
        },
    );
    maybe(
        fields,
        "dataOptions",
        5,
        random,
        |_| json!({"raw": {"language": "json"}, "params": {}, "binary": {"x": 1}}),
    );
    maybe(fields, "dataDisabled", 6, random, |random| {
        random.random::<bool>().into()
    });
}

fn request_v1(id: &str, random: &mut StdRng) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), id.into());
    maybe(&mut fields, "name", 1, random, |random| text(random).into());
    fields.insert(
        "method".to_owned(),
        (*["GET", "POST", "put"].choose(random).unwrap()).into(),
    );
    maybe(&mut fields, "url", 1, random, |random| {
        (*URLS.choose(random).unwrap()).into()
    });
    maybe(&mut fields, "queryParams", 4, random, |random| {
        list(random, 3, |random| {
            let mut entry = entry(random);
            if one_in(random, 2) {
                entry["equals"] = random.random::<bool>().into();
                entry["value"] = [json!(null), json!("x")].choose(random).unwrap().clone();
            }
            entry
        })
    });
    maybe(
        &mut fields,
        "pathVariables",
        5,
        random,
        |random| json!({"id": text(random), "other": scalar(random)}),
    );
    maybe(&mut fields, "pathVariableData", 5, random, |random| {
        list(
            random,
            2,
            |random| json!({"key": *["id", "name"].choose(random).unwrap(), "value": text(random), "description": description(random)}),
        )
    });
    let lines = [
        "",
        "A: b\n",
        "A: b\nContent-Type: text/plain\n//x-off: 1\n// y-off:2\n",
        "a:1\r\nb: 2: 3\r\nnone\r\ntwo words: x\n",
        "b:\n: x\n",
    ];
    maybe(&mut fields, "headers", 2, random, |random| {
        (*lines.choose(random).unwrap()).into()
    });
    maybe(&mut fields, "headerData", 3, random, |random| {
        list(random, 3, |random| {
            let mut header = entry(random);
            if one_in(random, 4) {
                header["key"] = "//off".into();
            }
            header
        })
    });
    body_v1(&mut fields, random);
    shared_v1(&mut fields, random);
    fields
}

fn response_v1(number: usize, random: &mut StdRng) -> Value {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), format!("response {number}").into());
    maybe(&mut fields, "name", 2, random, |random| text(random).into());
    maybe(&mut fields, "responseCode", 2, random, |random| {
        [
            json!({"code": 200, "name": "OK"}),
            json!({"code": "404"}),
            json!({"name": ""}),
        ]
        .choose(random)
        .unwrap()
        .clone()
    });
    maybe(
        &mut fields,
        "headers",
        2,
        random,
        |_| json!([{"key": "A", "value": "b"}]),
    );
    maybe(&mut fields, "text", 2, random, |random| text(random).into());
    maybe(&mut fields, "time", 3, random, |random| {
        random.random_range(0..900).into()
    });
    maybe(&mut fields, "language", 4, random, |_| "json".into());
    maybe(&mut fields, "previewType", 4, random, |_| "html".into());
    maybe(&mut fields, "cookies", 4, random, |random| {
        list(random, 2, |random| {
            let mut cookie = json!({"name": "c", "value": text(random), "domain": "h", "path": "/", "hostOnly": true});
            if one_in(random, 2) {
                cookie["expirationDate"] = random.random_range(0..4_000_000_000_u64).into();
            }
            cookie
        })
    });
    maybe(&mut fields, "request", 3, random, |random| {
        let mut asked = request_v1("asked", random);
        asked.shift_remove("queryParams");
        match random.random_range(0..3) {
            0 => Value::from(asked).to_string().into(),
            1 => "no such request".into(),
            _ => asked.into(),
        }
    });
    fields.into()
}

/// A collection of v1.
pub(super) fn v1(random: &mut StdRng) -> Value {
    let folders = random.random_range(0..5_usize);
    let requests = random.random_range(0..5_usize);
    // Each folder and each request lies in one place: in a folder with a smaller number, or outermost. Some lie nowhere.
    let mut orders = vec![(Vec::new(), Vec::new()); folders + 1];
    for number in 1..=folders {
        let above = random.random_range(0..number);
        orders[above].0.push(format!("folder {number}"));
    }
    for number in 0..requests {
        if !one_in(random, 8) {
            let above = random.random_range(0..=folders);
            orders[above].1.push(format!("request {number}"));
        }
    }
    orders[0]
        .1
        .extend(one_in(random, 6).then(|| "gone".to_owned()));
    let mut fields = Map::new();
    fields.insert("id".to_owned(), "collection".into());
    fields.insert("name".to_owned(), "Old".into());
    fields.insert("order".to_owned(), json!(orders[0].1));
    maybe(&mut fields, "folders_order", 2, random, |_| {
        json!(orders[0].0)
    });
    shared_v1(&mut fields, random);
    let made: Value = (1..=folders)
        .map(|number| {
            let mut folder = Map::new();
            folder.insert("id".to_owned(), format!("folder {number}").into());
            folder.insert("name".to_owned(), text(random).into());
            folder.insert("folders_order".to_owned(), json!(orders[number].0));
            folder.insert("order".to_owned(), json!(orders[number].1));
            shared_v1(&mut folder, random);
            Value::from(folder)
        })
        .collect();
    fields.insert("folders".to_owned(), made);
    let made: Value = (0..requests)
        .map(|number| {
            let mut request = request_v1(&format!("request {number}"), random);
            let count = random.random_range(0..3);
            let responses: Value = (0..count)
                .map(|number| response_v1(number, random))
                .collect();
            maybe(&mut request, "responses_order", 3, random, |_| {
                json!(["response 1", "response 0", "response 7"])
            });
            request.insert("responses".to_owned(), responses);
            Value::from(request)
        })
        .collect();
    fields.insert("requests".to_owned(), made);
    fields.into()
}

fn request_v20(random: &mut StdRng) -> Value {
    if one_in(random, 8) {
        return (*URLS.choose(random).unwrap()).into();
    }
    let mut fields = Map::new();
    fields.insert(
        "method".to_owned(),
        (*["GET", "POST"].choose(random).unwrap()).into(),
    );
    maybe(&mut fields, "url", 1, random, |random| {
        (*URLS.choose(random).unwrap()).into()
    });
    maybe(
        &mut fields,
        "url",
        5,
        random,
        |random| json!({"raw": "http://h/x?a=1", "protocol": "http", "host": "h", "path": ["x"], "query": [{"key": "a", "value": text(random)}]}),
    );
    maybe(&mut fields, "header", 2, random, |random| {
        match random.random_range(0..4) {
            0 => "A: b\nC: d".into(),
            _ => list(
                random,
                3,
                |random| json!({"key": *KEYS.choose(random).unwrap(), "value": text(random), "disabled": random.random::<bool>()}),
            ),
        }
    });
    maybe(
        &mut fields,
        "body",
        3,
        random,
        |random| json!({"mode": "raw", "raw": text(random)}),
    );
    maybe(&mut fields, "auth", 2, random, |random| auth(random, false));
    maybe(
        &mut fields,
        "description",
        4,
        random,
        |random| match random.random_range(0..2) {
            0 => json!({"content": "words", "type": "text/plain"}),
            _ => "words".into(),
        },
    );
    fields.into()
}

fn shared_v20(fields: &mut Map<String, Value>, random: &mut StdRng) {
    maybe(fields, "description", 4, random, |_| "words".into());
    maybe(fields, "event", 3, random, |random| list(random, 2, event));
    maybe(fields, "variable", 4, random, |random| {
        list(random, 3, variable)
    });
    maybe(fields, "auth", 3, random, |random| auth(random, false));
    maybe(
        fields,
        "protocolProfileBehavior",
        4,
        random,
        |_| json!({"followRedirects": false}),
    );
}

fn item_v20(random: &mut StdRng, depth: u32) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), text(random).into());
    if depth < 3 && one_in(random, 3) {
        fields.insert(
            "item".to_owned(),
            list(random, 3, |random| item_v20(random, depth + 1)),
        );
        shared_v20(&mut fields, random);
        return fields.into();
    }
    fields.insert("request".to_owned(), request_v20(random));
    maybe(&mut fields, "event", 3, random, |random| {
        list(random, 2, event)
    });
    maybe(&mut fields, "response", 3, random, |random| {
        list(
            random,
            2,
            |random| json!({"name": text(random), "originalRequest": request_v20(random), "code": 200, "body": text(random)}),
        )
    });
    fields.into()
}

/// A collection of v2.0.
pub(super) fn v20(random: &mut StdRng) -> Value {
    let mut fields = Map::new();
    let schema = "https://schema.getpostman.com/json/collection/v2.0.0/collection.json";
    fields.insert(
        "info".to_owned(),
        json!({"name": "Old", "_postman_id": "x", "schema": schema}),
    );
    fields.insert(
        "item".to_owned(),
        list(random, 4, |random| item_v20(random, 0)),
    );
    shared_v20(&mut fields, random);
    fields.into()
}
