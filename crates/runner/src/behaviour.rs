//! How a request behaves: `protocolProfileBehavior`, over what the run's options say.

use postern_egress::Versions;
use serde_json::{Map, Value};

use crate::Options;

/// How a request behaves.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the format"
)]
pub(crate) struct Behaviour {
    pub(crate) follow_redirects: bool,
    pub(crate) max_redirects: u64,
    /// Whether a redirect keeps method and body, whatever its status.
    pub(crate) keep_method: bool,
    /// Whether `Authorization` goes along to another host.
    pub(crate) keep_authorization: bool,
    pub(crate) send_referer: bool,
    pub(crate) verify_tls: bool,
    /// Whether methods such as GET lose their body.
    pub(crate) prune_body: bool,
    pub(crate) cookies: bool,
    pub(crate) encode_url: bool,
    pub(crate) versions: Versions,
    /// The headers that are not to be added, in lower case.
    unwanted: Vec<String>,
    /// What it asks for and can't be had, in words for the user.
    pub(crate) impossible: Vec<String>,
}

impl Behaviour {
    pub(crate) fn of(asked: &Map<String, Value>, options: &Options) -> Self {
        let flag = |name: &str| asked.get(name).map(is_true);
        let unwanted = asked
            .get("disabledSystemHeaders")
            .and_then(Value::as_object);
        Self {
            follow_redirects: flag("followRedirects").unwrap_or(options.follow_redirects),
            max_redirects: asked
                .get("maxRedirects")
                .and_then(Value::as_u64)
                .unwrap_or(options.max_redirects.into()),
            keep_method: flag("followOriginalHttpMethod").unwrap_or(false),
            keep_authorization: flag("followAuthorizationHeader").unwrap_or(false),
            send_referer: !flag("removeRefererHeaderOnRedirect").unwrap_or(false),
            verify_tls: flag("strictSSL").unwrap_or(!options.insecure),
            prune_body: !flag("disableBodyPruning").unwrap_or(false),
            cookies: !flag("disableCookies").unwrap_or(false),
            versions: asked
                .get("protocolVersion")
                .and_then(Value::as_str)
                .and_then(|text| text.parse().ok())
                .unwrap_or_default(),
            encode_url: !flag("disableUrlEncoding").unwrap_or(false),
            unwanted: unwanted
                .into_iter()
                .flatten()
                .filter(|(_, unwanted)| is_true(unwanted))
                .map(|(name, _)| name.clone())
                .collect(),
            impossible: impossible(asked),
        }
    }

    /// The behaviour of a request that a script sends: the run's, and its body is sent whatever its method.
    pub(crate) fn of_script(options: &Options) -> Self {
        Self {
            prune_body: false,
            ..Self::of(&Map::new(), options)
        }
    }

    /// Whether this header is not to be added; names in lower case, as the format has them.
    pub(crate) fn leaves_out(&self, name: &str) -> bool {
        self.unwanted.iter().any(|unwanted| unwanted == name)
    }
}

/// What JavaScript takes for true.
pub(crate) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

fn impossible(asked: &Map<String, Value>) -> Vec<String> {
    let mut words = Vec::new();
    let list = |name: &str| {
        asked
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    // Whatever is older is never spoken.
    let newest = |version: &&Value| matches!(version.as_str(), Some("TLSv1_2" | "TLSv1_3"));
    for version in list("tlsDisabledProtocols").filter(newest) {
        words.push(format!(
            "tlsDisabledProtocols: {version} can't be switched off here"
        ));
    }
    if list("tlsCipherSelection").next().is_some() {
        words.push(
            "tlsCipherSelection: ciphers can't be chosen here, only safe ones are offered"
                .to_owned(),
        );
    }
    if asked.get("insecureHTTPParser").is_some_and(is_true) {
        words.push("insecureHTTPParser: answers that are not HTTP are refused here".to_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(asked: &Value) -> Behaviour {
        Behaviour::of(asked.as_object().unwrap(), &Options::default())
    }

    #[test]
    fn what_a_request_says_goes_before_the_runs_options() {
        let options = Options {
            insecure: true,
            follow_redirects: false,
            ..Options::default()
        };
        let asked = json!({"strictSSL": true, "followRedirects": 1, "maxRedirects": 3});
        let behaviour = Behaviour::of(asked.as_object().unwrap(), &options);
        assert!(behaviour.verify_tls && behaviour.follow_redirects);
        assert_eq!(behaviour.max_redirects, 3);
        let behaviour = Behaviour::of(&Map::new(), &options);
        assert!(!behaviour.verify_tls && !behaviour.follow_redirects);
    }

    #[test]
    fn what_cannot_be_had_is_said() {
        assert_eq!(
            of(
                &json!({"tlsDisabledProtocols": ["SSLv3", "TLSv1"], "tlsPreferServerCiphers": true})
            )
            .impossible,
            [""; 0]
        );
        let asked = json!({"tlsDisabledProtocols": ["TLSv1_3"], "tlsCipherSelection": ["AES"], "insecureHTTPParser": true});
        assert_eq!(of(&asked).impossible.len(), 3);
    }
}
