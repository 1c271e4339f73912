//! Bruno's scripts, assertions and variables as Postman's scripts: what they call is given to them in front.

use serde_json::Value;

use super::super::build::{list, text};

/// Bruno's own words, said with `pm`.
const PRELUDE: &str = "const bru = { setVar: (k, v) => pm.variables.set(k, v), getVar: (k) => pm.variables.get(k), hasVar: (k) => pm.variables.has(k), \
deleteVar: (k) => pm.variables.unset(k), setEnvVar: (k, v) => pm.environment.set(k, v), getEnvVar: (k) => pm.environment.get(k), hasEnvVar: (k) => pm.environment.has(k), \
deleteEnvVar: (k) => pm.environment.unset(k), getEnvName: () => pm.environment.name, setGlobalEnvVar: (k, v) => pm.globals.set(k, v), getGlobalEnvVar: (k) => pm.globals.get(k), \
getCollectionVar: (k) => pm.collectionVariables.get(k), getFolderVar: (k) => pm.variables.get(k), getRequestVar: (k) => pm.variables.get(k), getProcessEnv: (k) => pm.environment.get(k), \
interpolate: (s) => pm.variables.replaceIn(s), setNextRequest: (n) => pm.execution.setNextRequest(n), sleep: (ms) => new Promise((done) => setTimeout(done, ms)), \
runner: { setNextRequest: (n) => pm.execution.setNextRequest(n), skipRequest: () => pm.execution.skipRequest(), stopExecution: () => pm.execution.setNextRequest(null) } };
const test = pm.test, expect = pm.expect;
const req = { get url() { return pm.request.url.toString(); }, get method() { return pm.request.method; }, get body() { return pm.request.body && pm.request.body.toString(); }, \
get headers() { return pm.request.headers.toObject(); }, get name() { return pm.info.requestName; }, getUrl() { return this.url; }, getMethod() { return this.method; }, getName() { return this.name; }, \
getHeader: (k) => pm.request.headers.get(k), getHeaders() { return this.headers; }, getBody() { return this.body; }, setUrl: (u) => pm.request.url.update(u), \
setMethod: (m) => { pm.request.method = m; }, setHeader: (k, v) => pm.request.headers.upsert({ key: k, value: v }), \
setHeaders: (all) => Object.keys(all).forEach((k) => pm.request.headers.upsert({ key: k, value: all[k] })), \
setBody: (b) => pm.request.body.update({ mode: 'raw', raw: typeof b === 'string' ? b : JSON.stringify(b) }) };";

/// What only scripts behind the response have.
const RESPONSE: &str = "const res = { get status() { return pm.response.code; }, get statusText() { return pm.response.status; }, get responseTime() { return pm.response.responseTime; }, \
get headers() { return Object.fromEntries(pm.response.headers.map((h) => [h.key.toLowerCase(), h.value])); }, get body() { try { return pm.response.json(); } catch (e) { return pm.response.text(); } }, \
getStatus() { return this.status; }, getStatusText() { return this.statusText; }, getHeader: (k) => pm.response.headers.get(k), getHeaders() { return this.headers; }, getBody() { return this.body; }, \
getResponseTime() { return this.responseTime; } };";

/// What runs before the request, and what runs behind the response.
pub(super) fn of(request: &Value) -> (Vec<String>, Vec<String>) {
    let scripts = request.get("script").unwrap_or(&Value::Null);
    let vars = request.get("vars").unwrap_or(&Value::Null);
    let mut before = Vec::new();
    for variable in enabled(vars, "req") {
        let value = quoted(&text(variable, "value"));
        let name = quoted(&text(variable, "name"));
        before.push(format!(
            "pm.variables.set({name}, pm.variables.replaceIn({value}));"
        ));
    }
    before.extend(said(&text(scripts, "req")));
    let mut after = Vec::new();
    for variable in enabled(vars, "res") {
        let name = quoted(&text(variable, "name"));
        after.push(format!(
            "pm.variables.set({name}, {});",
            text(variable, "value")
        ));
    }
    after.extend(said(&text(scripts, "res")));
    after.extend(enabled(request, "assertions").map(assertion));
    after.extend(said(&text(request, "tests")));
    (with(before, &[PRELUDE]), with(after, &[PRELUDE, RESPONSE]))
}

fn enabled<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let all = list(value, key).iter();
    all.filter(|it| it.get("enabled") != Some(&Value::Bool(false)))
}

fn said(script: &str) -> Option<String> {
    let script = script.trim_matches('\n');
    (!script.trim().is_empty()).then(|| script.to_owned())
}

/// Puts Bruno's words in front, where there is something that may say them.
fn with(lines: Vec<String>, front: &[&str]) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    front
        .iter()
        .map(|it| (*it).to_owned())
        .chain(lines)
        .collect()
}

/// `res.status` `eq 200` as a test.
fn assertion(it: &Value) -> String {
    let name = text(it, "name");
    let rule = text(it, "value");
    let (operator, operand) = rule.trim().split_once(' ').unwrap_or((rule.trim(), ""));
    let value = literal(operand.trim());
    let list = || {
        format!(
            "[{}]",
            operand
                .trim_matches(['[', ']'])
                .split(',')
                .map(|it| literal(it.trim()))
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    let (rule, expected) = match operator {
        "neq" => ("to.not.eql", value),
        "gt" => ("to.be.above", value),
        "gte" => ("to.be.at.least", value),
        "lt" => ("to.be.below", value),
        "lte" => ("to.be.at.most", value),
        "in" => ("to.be.oneOf", list()),
        "notIn" => ("to.not.be.oneOf", list()),
        "contains" => ("to.include", value),
        "notContains" => ("to.not.include", value),
        "length" => ("to.have.lengthOf", value),
        "matches" => (
            "to.match",
            format!("new RegExp({})", quoted(operand.trim())),
        ),
        "startsWith" => (
            "to.satisfy",
            format!("(it) => String(it).startsWith({value})"),
        ),
        "endsWith" => (
            "to.satisfy",
            format!("(it) => String(it).endsWith({value})"),
        ),
        "isDefined" => ("to.satisfy", "(it) => it !== undefined".to_owned()),
        "isUndefined" => ("to.satisfy", "(it) => it === undefined".to_owned()),
        "isNull" => ("to.satisfy", "(it) => it === null".to_owned()),
        "isEmpty" => (
            "to.satisfy",
            "(it) => it == null || Object.keys(it).length === 0".to_owned(),
        ),
        "isTruthy" => ("to.satisfy", "(it) => Boolean(it)".to_owned()),
        "isFalsy" => ("to.satisfy", "(it) => !it".to_owned()),
        "isJson" => ("to.be.an", "\"object\"".to_owned()),
        "isNumber" => ("to.be.a", "\"number\"".to_owned()),
        "isString" => ("to.be.a", "\"string\"".to_owned()),
        "isBoolean" => ("to.be.a", "\"boolean\"".to_owned()),
        "isArray" => ("to.be.an", "\"array\"".to_owned()),
        "eq" => ("to.eql", value),
        _ => ("to.eql", literal(rule.trim())),
    };
    let title = quoted(&format!("{name}: {}", text(it, "value")));
    format!("pm.test({title}, () => pm.expect({name}).{rule}({expected}));")
}

/// A word as JavaScript: a number, a truth, nothing, or text.
fn literal(word: &str) -> String {
    let is_plain = word.parse::<f64>().is_ok_and(f64::is_finite)
        || ["true", "false", "null", "undefined"].contains(&word);
    if is_plain {
        return word.to_owned();
    }
    quoted(word.trim_matches(['"', '\'']))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
