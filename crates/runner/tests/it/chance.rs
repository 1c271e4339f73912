//! What is drawn by lot in an `Authorization`, and the time in it: two programs never say the same. The server has checked it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::echo::ntlm::part;

/// The value without what is drawn, and without what follows from that.
pub(crate) fn left_out_of(value: &str) -> String {
    if let Some(message) = value.strip_prefix("NTLM ") {
        return ntlm(message);
    }
    let is_drawn =
        |once: &str| once.len() == 8 && once.bytes().all(|it| it.is_ascii_alphanumeric());
    let once = value
        .split_once("cnonce=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let Some((once, _)) = once.filter(|(once, _)| is_drawn(once)) else {
        return value.to_owned();
    };
    let (before, response) = value.split_once("response=\"").unwrap();
    let (response, after) = response.split_once('"').unwrap();
    let length = response.len();
    format!(
        "{}response=\"<{length} digits>\"{after}",
        before.replace(once, "<chance>")
    )
}

fn ntlm(message: &str) -> String {
    let mut bytes = STANDARD.decode(message).unwrap();
    if bytes.get(8) == Some(&3) {
        let [lan_manager, nt] = [12, 20].map(|at| part(&bytes, at));
        let is_session = bytes[lan_manager.clone()].ends_with(&[0; 16]);
        if is_session {
            bytes[nt.clone()].fill(0);
        }
        if is_session || nt.len() > 24 {
            bytes[lan_manager].fill(0);
        }
        if nt.len() > 24 {
            // The proof, the time and the nonce; what stands between and behind them is no chance.
            bytes[nt.start..nt.start + 16].fill(0);
            bytes[nt.start + 24..nt.start + 40].fill(0);
        }
    }
    let shown: String = bytes.escape_ascii().map(char::from).collect();
    format!("NTLM {shown}")
}
