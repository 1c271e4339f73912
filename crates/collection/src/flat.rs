//! Single items as Postman's API has them: the flat form of v1, where a request says `headerData` and `rawModeData`.
//!
//! [`flat`] writes an item of a v2.1 document so, [`merged`] reads what a client sends into one. What a client doesn't name stays as
//! it was, to the byte; what it names goes through the conversion that documents of v1 go through.

use serde_json::{Map, Value, json};

use crate::ItemKind;
use crate::convert::{item_of_v1, response_of_v1};
use crate::node::{children, id_of};
use crate::view::Url;

/// How the modes of a body are called here.
const MODES: [(&str, &str); 5] = [
    ("file", "binary"),
    ("graphql", "graphql"),
    ("formdata", "params"),
    ("raw", "raw"),
    ("urlencoded", "urlencoded"),
];

/// What each field of a flat request decides: the field of the item's request, and the flat ones that make it.
const OF_REQUEST: [(&str, &[&str]); 6] = [
    (
        "url",
        &["url", "queryParams", "pathVariableData", "pathVariables"],
    ),
    ("method", &["method"]),
    ("description", &["description"]),
    ("header", &["headers", "headerData"]),
    (
        "body",
        &[
            "dataMode",
            "data",
            "rawModeData",
            "graphqlModeData",
            "dataOptions",
            "dataDisabled",
        ],
    ),
    ("auth", &["auth", "currentHelper", "helperAttributes"]),
];

/// The same for the item around it, and for folders.
const OF_ITEM: [(&str, &[&str]); 3] = [
    ("event", &["events", "tests", "preRequestScript"]),
    ("variable", &["variables", "variable"]),
    ("protocolProfileBehavior", &["protocolProfileBehavior"]),
];

/// The same for responses.
const OF_RESPONSE: [(&str, &[&str]); 9] = [
    ("originalRequest", &["requestObject", "request"]),
    ("status", &["responseCode"]),
    ("code", &["responseCode"]),
    ("_postman_previewlanguage", &["language"]),
    ("_postman_previewtype", &["previewType"]),
    ("header", &["headers"]),
    ("cookie", &["cookies"]),
    ("responseTime", &["time"]),
    ("body", &["text"]),
];

/// An item in the flat form, without what lies in it but the ids of that.
pub fn flat(kind: ItemKind, node: &Value) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), id_of(node).into());
    let name = node.get("name").and_then(Value::as_str).unwrap_or_default();
    fields.insert("name".to_owned(), name.into());
    match kind {
        ItemKind::Collection | ItemKind::Folder => folder(node, &mut fields),
        ItemKind::Request => request(node, &mut fields),
        ItemKind::Response => response(node, &mut fields),
    }
    fields
}

/// An item of what a client sends: a new one, or `old` with the fields that it names.
pub fn merged(kind: ItemKind, old: Option<&Value>, given: &Map<String, Value>) -> Value {
    let mut item = old.cloned().unwrap_or_else(|| json!({}));
    if !item.is_object() {
        item = json!({});
    }
    if let Some(name) = given.get("name").filter(|name| !name.is_null()) {
        item["name"] = name.clone();
    } else if item.get("name").is_none() {
        item["name"] = "".into();
    }
    match kind {
        ItemKind::Collection | ItemKind::Folder => {
            if item.get("item").is_none() {
                item["item"] = json!([]);
            }
            let new = Value::Object(item_of_v1(&given.clone().into()));
            take_over(&mut item, &new, given, &OF_ITEM);
            let new = new.get("request").cloned().unwrap_or_default();
            let of_folders = [OF_REQUEST[2], OF_REQUEST[5]];
            take_over(&mut item, &new, given, &of_folders);
        }
        ItemKind::Request => {
            let mut all = old.map(|old| flat(kind, old)).unwrap_or_default();
            if given.contains_key("url") {
                all.shift_remove("queryParams");
            }
            if given.contains_key("headers") {
                all.shift_remove("headerData");
            }
            all.extend(given.clone());
            let new = Value::Object(item_of_v1(&all.into()));
            take_over(&mut item, &new, given, &OF_ITEM);
            let mut request = match item.get("request") {
                Some(Value::Object(fields)) => Value::Object(fields.clone()),
                Some(Value::String(url)) => json!({"method": "GET", "url": url}),
                _ => json!({"method": "GET", "header": []}),
            };
            let new = new.get("request").cloned().unwrap_or_default();
            take_over(&mut request, &new, given, &OF_REQUEST);
            if given.contains_key("queryParams") && request.get("url").is_some_and(Value::is_object)
            {
                let typed = Url::of(&request["url"]).to_string();
                request["url"]["raw"] = typed.into();
            }
            item["request"] = request;
            if item.get("response").is_none() {
                item["response"] = json!([]);
            }
        }
        ItemKind::Response => {
            let new = response_of_v1(&given.clone().into());
            take_over(&mut item, &new, given, &OF_RESPONSE);
        }
    }
    item
}

/// Whether a client names anything that an item of this kind has.
pub fn names_a_field(kind: ItemKind, given: &Map<String, Value>) -> bool {
    let tables: &[&[(&str, &[&str])]] = match kind {
        ItemKind::Response => &[&OF_RESPONSE],
        _ => &[&OF_REQUEST, &OF_ITEM],
    };
    let mut known = tables.iter().flat_map(|table| table.iter());
    given.contains_key("name")
        || known.any(|(_, by)| by.iter().any(|flat| given.contains_key(*flat)))
}

/// Takes over what the given fields decide.
fn take_over(item: &mut Value, new: &Value, given: &Map<String, Value>, which: &[(&str, &[&str])]) {
    let Some(item) = item.as_object_mut() else {
        return;
    };
    for (field, by) in which {
        if !by.iter().any(|flat| given.contains_key(*flat)) {
            continue;
        }
        match new.get(*field) {
            Some(value) => drop(item.insert((*field).to_owned(), value.clone())),
            None => drop(item.shift_remove(*field)),
        }
    }
}

fn folder(node: &Value, fields: &mut Map<String, Value>) {
    fields.insert("description".to_owned(), description(node));
    let mut order = Vec::new();
    let mut folders = Vec::new();
    for child in children(node).into_iter().flatten() {
        let id = Value::from(id_of(child));
        match ItemKind::of_item(child) {
            ItemKind::Folder => folders.push(id),
            _ => order.push(id),
        }
    }
    fields.insert("order".to_owned(), order.into());
    fields.insert("folders_order".to_owned(), folders.into());
    around(node, fields);
    fields.insert(
        "auth".to_owned(),
        node.get("auth").cloned().unwrap_or_default(),
    );
}

/// Scripts, variables, behaviour.
fn around(node: &Value, fields: &mut Map<String, Value>) {
    for (now, old) in [
        ("event", "events"),
        ("variable", "variables"),
        ("protocolProfileBehavior", "protocolProfileBehavior"),
    ] {
        if let Some(value) = node.get(now) {
            fields.insert(old.to_owned(), value.clone());
        }
    }
}

fn request(node: &Value, fields: &mut Map<String, Value>) {
    around(node, fields);
    let asked = node.get("request").cloned().unwrap_or_default();
    inner(&asked, fields);
    let responses = children(node).into_iter().flatten();
    let order: Vec<Value> = responses.map(|it| Value::from(id_of(it))).collect();
    fields.insert("responses_order".to_owned(), order.into());
}

/// What is sent.
fn inner(asked: &Value, fields: &mut Map<String, Value>) {
    let url = match asked {
        Value::String(_) => asked,
        _ => asked.get("url").unwrap_or(&Value::Null),
    };
    let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    set("description", description(asked));
    let method = asked.get("method").and_then(Value::as_str).unwrap_or("GET");
    set("method", method.into());
    set("url", Url::of(url).to_string().into());
    set("headerData", entries(asked.get("header")));
    set("queryParams", entries(url.get("query")));
    set("pathVariableData", entries(url.get("variable")));
    set("auth", asked.get("auth").cloned().unwrap_or_default());
    let body = asked.get("body").filter(|body| body.is_object());
    let mode = body.and_then(|body| body.get("mode")?.as_str());
    let told = MODES.iter().find(|(now, _)| Some(*now) == mode);
    set("dataMode", told.map(|(_, old)| *old).into());
    let Some((body, (mode, _))) = body.zip(told) else {
        return;
    };
    let content = body.get(mode).cloned().unwrap_or_default();
    match *mode {
        "raw" => set("rawModeData", content),
        "graphql" => set("graphqlModeData", content),
        "file" => set(
            "rawModeData",
            content.get("src").cloned().unwrap_or_default(),
        ),
        _ => set("data", entries(Some(&content))),
    };
    if let Some(options) = body.get("options").and_then(Value::as_object) {
        let of_old = |now: &String| {
            let known = MODES.iter().find(|(name, _)| name == now);
            known.map_or_else(|| now.clone(), |(_, old)| (*old).to_owned())
        };
        let options: Map<String, Value> = options
            .iter()
            .map(|(now, value)| (of_old(now), value.clone()))
            .collect();
        set("dataOptions", options.into());
    }
    if body.get("disabled") == Some(&Value::Bool(true)) {
        set("dataDisabled", true.into());
    }
}

fn response(node: &Value, fields: &mut Map<String, Value>) {
    let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    let get = |key: &str| node.get(key).cloned().unwrap_or_default();
    set("status", get("status"));
    set(
        "responseCode",
        json!({"code": get("code"), "name": get("status")}),
    );
    set("headers", get("header"));
    set("cookies", get("cookie"));
    set("language", get("_postman_previewlanguage"));
    set("previewType", get("_postman_previewtype"));
    set("time", get("responseTime"));
    set("text", get("body"));
    if let Some(asked) = node
        .get("originalRequest")
        .filter(|asked| asked.is_object())
    {
        let mut flat = Map::new();
        inner(asked, &mut flat);
        set("requestObject", Value::Object(flat).to_string().into());
    }
}

fn description(node: &Value) -> Value {
    match node.get("description") {
        Some(Value::Object(fields)) => fields.get("content").cloned().unwrap_or_default(),
        Some(text) => text.clone(),
        None => Value::Null,
    }
}

/// A list whose entries say `enabled` where ours say `disabled`.
fn entries(list: Option<&Value>) -> Value {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_object)
        .map(|entry| {
            let mut entry = entry.clone();
            if entry.shift_remove("disabled") == Some(Value::Bool(true)) {
                entry.insert("enabled".to_owned(), false.into());
            }
            Value::from(entry)
        })
        .collect()
}

/// What lies directly in an item and is of this kind.
pub fn children_of(node: &Value, kind: ItemKind) -> impl Iterator<Item = &Value> {
    let children = children(node).into_iter().flatten();
    children.filter(move |child| kind == ItemKind::Response || ItemKind::of_item(child) == kind)
}
