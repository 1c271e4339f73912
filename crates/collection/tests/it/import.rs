//! What other tools keep, read: one small export of each, whole, and then what is broken or meant to break us.

use std::io::Write as _;

use insta::assert_snapshot;
use postern_collection::{
    Document, Folders, ImportError, ImportFile, Imported, OpenApiOptions, import,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> ImportFile {
    ImportFile {
        path: path.to_owned(),
        bytes: bytes.into(),
    }
}

fn read(bytes: impl Into<Vec<u8>>) -> Result<Imported, ImportError> {
    import(vec![file("export", bytes)], OpenApiOptions::default())
}

fn read_with(bytes: impl Into<Vec<u8>>, options: OpenApiOptions) -> Imported {
    import(vec![file("export", bytes)], options).unwrap()
}

/// All that came of it, as people can read it.
fn shown(imported: &Imported) -> String {
    let mut shown = format!("{}\n", imported.format.as_str());
    for collection in &imported.collections {
        shown += &format!("{:#}\n", collection.value());
        // What comes out can be taken in again.
        assert_eq!(
            &Document::parse(&collection.to_bytes()).unwrap(),
            collection
        );
    }
    for environment in &imported.environments {
        shown += &format!("environment {}\n", environment.value());
    }
    if !imported.globals.is_empty() {
        shown += &format!("globals {}\n", Value::from(imported.globals.clone()));
    }
    for note in &imported.not_carried_over {
        shown += &format!(
            "not carried over: {} {}, first in {:?}\n",
            note.count, note.what, note.first
        );
    }
    shown
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/it/import/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a folder of fixtures, as a person's folder has them.
fn folder(name: &str) -> Vec<ImportFile> {
    let root = format!("{}/tests/it/import/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut pending = vec![std::path::PathBuf::from(&root)];
    while let Some(path) = pending.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let within = path.strip_prefix(&root).unwrap().to_str().unwrap();
                files.push(file(within, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer
            .start_file(*path, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn openapi_by_paths() {
    assert_snapshot!(shown(&read(fixture("petstore.yaml")).unwrap()));
}

#[test]
fn openapi_by_tags_without_examples() {
    let options = OpenApiOptions {
        folders: Folders::Tags,
        optional_parameters: false,
        examples: false,
    };
    assert_snapshot!(shown(&read_with(fixture("petstore.yaml"), options)));
}

#[test]
fn swagger_2() {
    assert_snapshot!(shown(&read(fixture("swagger.json")).unwrap()));
}

#[test]
fn har() {
    assert_snapshot!(shown(&read(fixture("browser.har")).unwrap()));
}

#[test]
fn curl() {
    assert_snapshot!(shown(&read(fixture("commands.sh")).unwrap()));
}

#[test]
fn insomnia_4() {
    assert_snapshot!(shown(&read(fixture("insomnia4.json")).unwrap()));
}

#[test]
fn insomnia_5() {
    assert_snapshot!(shown(&read(fixture("insomnia5.yaml")).unwrap()));
}

#[test]
fn bruno_folder() {
    let imported = import(folder("bruno"), OpenApiOptions::default()).unwrap();
    assert_snapshot!(shown(&imported));
    // The same in an archive, within a folder.
    let files = folder("bruno");
    let paths: Vec<String> = files.iter().map(|it| format!("shop/{}", it.path)).collect();
    let zip: Vec<(&str, &[u8])> = paths
        .iter()
        .zip(&files)
        .map(|(path, it)| (path.as_str(), it.bytes.as_slice()))
        .collect();
    assert_eq!(
        read(zipped(&zip)).unwrap().collections,
        imported.collections
    );
}

#[test]
fn bruno_export() {
    assert_snapshot!(shown(&read(fixture("bruno.json")).unwrap()));
}

#[test]
fn postman_dump_in_one_file_and_in_an_archive() {
    let collection = json!({"info": {"name": "Petstore", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": []});
    let old = json!({"id": "0192b3c4-0000-7000-8000-00000000dead", "name": "Old", "order": [], "requests": []});
    let environment =
        json!({"name": "Staging", "values": [{"key": "host", "value": "a", "enabled": true}]});
    let globals =
        json!({"_postman_variable_scope": "globals", "values": [{"key": "g", "value": "1"}]});
    let dump = json!({"version": 1, "collections": [collection, old], "environments": [environment], "globals": [{"key": "g", "value": "1"}], "headerPresets": [{"name": "Auth"}]});
    let one = read(dump.to_string()).unwrap();
    assert_eq!(
        (
            one.collections.len(),
            one.environments.len(),
            one.globals.len()
        ),
        (2, 1, 1)
    );
    assert_eq!(one.not_carried_over[0].what, "header presets");
    let index = json!({"collection": {"a": true}, "environment": {"b": true}});
    let text = |value: &Value| value.to_string().into_bytes();
    let archive = zipped(&[
        ("archive.json", &text(&index)),
        ("collection/a.json", &text(&collection)),
        ("collection/c.json", &text(&old)),
        ("environment/b.json", &text(&environment)),
        ("globals.json", &text(&globals)),
        ("readme.bin", b"\x00\x01 not ours"),
    ]);
    let many = read(archive).unwrap();
    assert_eq!(many.collections, one.collections);
    assert_eq!(many.environments, one.environments);
    assert_eq!(many.globals.len(), 1);
    assert_eq!(many.not_carried_over[0].first, "readme.bin");
}

#[test]
fn what_is_nothing_of_all_that_says_so() {
    let mut told = String::new();
    for text in [
        "",
        "  \n",
        "<!DOCTYPE html><html></html>",
        "just words",
        "key: value",
        "{}",
        "[]",
        "{\"a\": ",
        "42",
        "openapi: 4.0.0\npaths: {}",
        "{\"openapi\": \"3.0.0\", \"paths\": []}",
        "{\"_type\": \"export\", \"__export_format\": 2, \"resources\": []}",
        "{\"log\": {\"entries\": 7}}",
        "curl -X POST",
        "curl 'https://example.com",
        "curl https://example.com -H",
        "meta {\n  name: x",
        "meta {\n}\nloose",
        "a: [1, 2\nb: }",
        "PK\u{3}\u{4}not an archive",
        "{\"collections\": [{\"info\": {\"name\": \"x\"}}]}",
    ] {
        told += &format!("{text:?}: {}\n", read(text).unwrap_err());
    }
    assert_snapshot!(told);
}

#[test]
fn an_archive_that_swells_is_refused() {
    let zeros = vec![b' '; 8 * 1024 * 1024];
    let paths: Vec<String> = (0..30).map(|at| format!("{at}.json")).collect();
    let files: Vec<(&str, &[u8])> = paths
        .iter()
        .map(|path| (path.as_str(), zeros.as_slice()))
        .collect();
    let archive = zipped(&files);
    assert!(archive.len() < 1024 * 1024, "{}", archive.len());
    let error = read(archive).unwrap_err();
    assert_eq!(
        error.to_string(),
        "open the archive: its files have more than 200 MiB, unpacked"
    );
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{inner}]\n");
    }
    assert!(matches!(read(bomb), Err(ImportError::Yaml { .. })));
}

#[test]
fn references_in_circles_end() {
    let spec = json!({
        "openapi": "3.1.0", "info": {"title": "Circles"},
        "paths": {"/": {"post": {
            "parameters": [{"$ref": "#/components/parameters/a"}],
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}},
            "responses": {"200": {"$ref": "other.yaml#/x"}, "201": {"$ref": "#/nowhere"}},
        }}},
        "components": {
            "parameters": {"a": {"$ref": "#/components/parameters/b"}, "b": {"$ref": "#/components/parameters/a"}},
            "schemas": {
                "Node": {"type": "object", "properties": {"name": {"type": "string"}, "next": {"$ref": "#/components/schemas/Node"},
                    "all": {"type": "array", "items": {"$ref": "#/components/schemas/Other"}}}},
                "Other": {"allOf": [{"$ref": "#/components/schemas/Node"}, {"$ref": "#/components/schemas/Other"}]},
            },
        },
    });
    assert_snapshot!(shown(&read(spec.to_string()).unwrap()));
}

#[test]
fn schemas_that_multiply_stay_small() {
    // Each of thirty objects has ten fields of the next one: written out that would be 10^30.
    let mut schemas = serde_json::Map::new();
    for level in 0..30 {
        let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
        let fields: serde_json::Map<String, Value> =
            (0..10).map(|at| (format!("f{at}"), next.clone())).collect();
        schemas.insert(
            format!("L{level}"),
            json!({"type": "object", "properties": fields}),
        );
    }
    let body =
        json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}}});
    let paths: serde_json::Map<String, Value> = (0..2_000)
        .map(|at| {
            (
                format!("/p{at}"),
                json!({"post": {"requestBody": body, "responses": {"200": body}}}),
            )
        })
        .collect();
    let spec = json!({"openapi": "3.0.0", "info": {"title": "Many"}, "paths": paths, "components": {"schemas": schemas}});
    let imported = read(spec.to_string()).unwrap();
    let size = imported.collections[0].to_bytes().len();
    assert!(size < 30 * 1024 * 1024, "{size}");
    assert!(
        imported
            .not_carried_over
            .iter()
            .any(|it| it.what.starts_with("examples beyond"))
    );
}

/// JSON that looks like an export of one of the tools, with anything in its places.
fn odd_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z{}%_.$:/?&= ]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let key = prop::sample::select(vec![
            "openapi",
            "swagger",
            "paths",
            "/a/{b}",
            "get",
            "post",
            "parameters",
            "name",
            "in",
            "schema",
            "$ref",
            "allOf",
            "properties",
            "items",
            "item",
            "type",
            "requestBody",
            "content",
            "application/json",
            "responses",
            "200",
            "components",
            "schemas",
            "servers",
            "url",
            "variables",
            "security",
            "securityDefinitions",
            "definitions",
            "tags",
            "log",
            "entries",
            "request",
            "response",
            "headers",
            "postData",
            "params",
            "pages",
            "_type",
            "resources",
            "_id",
            "parentId",
            "body",
            "mimeType",
            "authentication",
            "collection",
            "children",
            "environments",
            "data",
            "root",
            "seq",
            "auth",
            "mode",
            "vars",
            "script",
            "assertions",
            "value",
            "examples",
            "enum",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8).prop_map(|fields| {
                Value::Object(
                    fields
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(bytes);
    }

    #[test]
    fn arbitrary_commands_never_panic(text in r#"curl [ -a-zA-Z'"\\$^@=:;&|\n{}?/éé]{0,120}"#) {
        let _ = read(text);
    }

    #[test]
    fn arbitrary_files_of_bruno_never_panic(text in r#"meta \{\n[ a-z:{}\[\]~'"\n]{0,160}"#) {
        let _ = read(text);
    }

    #[test]
    fn arbitrary_yaml_never_panics(text in r#"[ a-z:\-\[\]{}&*|>#'"\n]{0,120}"#) {
        let _ = read(text);
    }

    #[test]
    fn odd_exports_never_panic_and_come_out_whole(mut value in odd_value(), kind in 0..6) {
        if !value.is_object() {
            value = json!({"paths": value, "items": [value], "resources": [value], "collection": [value], "log": {"entries": [value]}});
        }
        match kind {
            0 => value["openapi"] = "3.0.1".into(),
            1 => value["swagger"] = "2.0".into(),
            2 => value["log"] = json!({"entries": [value.clone(), {"request": value.clone(), "response": value.clone()}]}),
            3 => { value["_type"] = "export".into(); value["__export_format"] = 4.into(); value["resources"] = json!([
                {"_type": "workspace", "_id": "w", "name": "W"}, {"_type": "request", "parentId": "w", "body": value.clone(), "headers": [value.clone()], "authentication": value.clone()}]); }
            4 => { value["type"] = "collection.insomnia.rest/5.0".into(); value["collection"] = json!([value.clone(), {"url": "x", "body": value.clone(), "name": "r"}]); }
            _ => { value["items"] = json!([{"type": "http", "name": "r", "request": value.clone()}, value.clone(), {"type": "folder", "root": value.clone(), "items": [value.clone()]}]); value["brunoConfig"] = json!({}); }
        }
        if let Ok(imported) = read(value.to_string()) {
            for collection in imported.collections {
                prop_assert_eq!(&Document::parse(&collection.to_bytes()).unwrap(), &collection);
            }
        }
    }
}
