//! What a service takes, as `contract.json` of its connector has it: each request must be one of those, and fit.

use anyhow::Context as _;
use jsonschema::Validator;
use postern_model::fits_pattern;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "source")]
    _source: String,
    requests: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Rule {
    #[serde(default = "post")]
    method: String,
    url: String,
    /// A schema; `false`: there is no body.
    body: Option<Value>,
    headers: Option<Value>,
    max_bytes: Option<usize>,
}

fn post() -> String {
    "POST".to_owned()
}

/// The requests that a service takes.
pub(super) struct Contract {
    requests: Vec<(Rule, Option<Validator>, Option<Validator>)>,
}

impl Contract {
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        let written: Written = serde_json::from_str(text).context("read contract.json")?;
        let schema = |schema: &Option<Value>| {
            let Some(schema) = schema.as_ref().filter(|it| **it != Value::Bool(false)) else {
                return Ok(None);
            };
            jsonschema::options()
                .should_validate_formats(true)
                .build(schema)
                .map(Some)
                .map_err(|error| anyhow::anyhow!("read a schema in contract.json: {error}"))
        };
        let requests = written
            .requests
            .into_iter()
            .map(|rule| Ok((schema(&rule.body)?, schema(&rule.headers)?, rule)))
            .map(|read: anyhow::Result<_>| read.map(|(body, headers, rule)| (rule, body, headers)))
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { requests })
    }

    /// What is wrong with a request.
    pub(super) fn check(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Vec<String> {
        let found = self
            .requests
            .iter()
            .find(|(rule, _, _)| rule.method == method && fits_pattern(&rule.url, url));
        let Some((rule, of_body, of_headers)) = found else {
            return vec![format!("contract.json has no {method} {url}")];
        };
        let mut problems = Vec::new();
        if rule.body == Some(Value::Bool(false)) && !body.is_empty() {
            problems.push("it has a body, and the service wants none".to_owned());
        }
        if let Some(most) = rule.max_bytes
            && body.len() > most
        {
            problems.push(format!(
                "its body has {} bytes, and {most} are allowed",
                body.len()
            ));
        }
        let kind = headers.iter().find(|(name, _)| name == "content-type");
        let kind = kind.map(|(_, value)| value.as_str()).unwrap_or_default();
        let json = kind.contains("json") && !kind.contains("ndjson");
        let value = json.then(|| serde_json::from_str(body).ok()).flatten();
        let value = value.unwrap_or_else(|| Value::from(body));
        let named: Map<String, Value> = headers
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let mut judge = |schema: &Option<Validator>, value: &Value, what: &str| {
            for error in schema.iter().flat_map(|schema| schema.iter_errors(value)) {
                let said: String = error.to_string().chars().take(300).collect();
                problems.push(format!("{what}{}: {said}", error.instance_path()));
            }
        };
        judge(of_body, &value, "its body");
        judge(of_headers, &Value::Object(named), "its headers");
        problems
    }
}
