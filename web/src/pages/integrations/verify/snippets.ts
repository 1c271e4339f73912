/** How a receiver checks that what came is from here, in one language. The tests run what can be run. */
interface Snippet {
  id: string;
  label: string;
  file: string;
  code: string;
}

const NODE = `import { createHmac, timingSafeEqual } from "node:crypto";

// body: the bytes as they came (a Buffer or a string), before they are parsed
export function verify(secret, headers, body) {
  const stamp = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(stamp)) <= 300)) return false;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const hmac = createHmac("sha256", key);
  hmac.update(\`\${headers["webhook-id"]}.\${stamp}.\`).update(body);
  const expected = Buffer.from("v1," + hmac.digest("base64"));
  return headers["webhook-signature"].split(" ").some((entry) => {
    const given = Buffer.from(entry);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`;

const PYTHON = `import base64, hashlib, hmac, time

# body: the bytes as they came, before they are parsed
def verify(secret: str, headers, body: bytes) -> bool:
    stamp = headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{stamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = headers["webhook-signature"].encode().split(b" ")
    return any(hmac.compare_digest(entry, expected) for entry in given)
`;

const GO = `package receiver

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Verify takes the body's bytes as they came, before they are parsed.
func Verify(secret string, header http.Header, body []byte) bool {
	stamp := header.Get("webhook-timestamp")
	sent, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || time.Since(time.Unix(sent, 0)).Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(header.Get("webhook-id") + "." + stamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for _, given := range strings.Fields(header.Get("webhook-signature")) {
		if hmac.Equal([]byte(given), expected) {
			return true
		}
	}
	return false
}
`;

const RUST = `// cargo add base64@0.23 hmac@0.13 sha2@0.11
use base64::{prelude::BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

/// \`body\`: the bytes as they came, before they are parsed.
pub fn verify(secret: &str, id: &str, timestamp: &str, signature: &str, body: &[u8]) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    let Ok(sent) = timestamp.parse::<u64>() else { return false };
    if now.abs_diff(sent) > 300 {
        return false;
    }
    let Ok(key) = BASE64_STANDARD.decode(secret.trim_start_matches("whsec_")) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    signature
        .split(' ')
        .filter_map(|entry| entry.strip_prefix("v1,"))
        .filter_map(|given| BASE64_STANDARD.decode(given).ok())
        .any(|given| mac.clone().verify_slice(&given).is_ok())
}
`;

const PHP = `<?php

// $body: file_get_contents('php://input'), before it is parsed; $headers with lower-case names
function verify(string $secret, array $headers, string $body): bool
{
    $stamp = $headers['webhook-timestamp'];
    if (abs(time() - (int) $stamp) > 300) {
        return false;
    }
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $signed = $headers['webhook-id'] . '.' . $stamp . '.' . $body;
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
    foreach (explode(' ', $headers['webhook-signature']) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
`;

const SHELL = `#!/bin/sh
# SECRET=whsec_… ./verify.sh ID TIMESTAMP SIGNATURE < body
key=$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
expected="v1,$({ printf '%s.%s.' "$1" "$2"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)"
age=$(($(date +%s) - $2))
if [ "$age" -gt 300 ] || [ "$age" -lt -300 ]; then echo "too old or too new"; exit 1; fi
case " $3 " in
  *" $expected "*) echo "valid" ;;
  *) echo "not valid"; exit 1 ;;
esac
`;

export const SNIPPETS: Snippet[] = [
  { id: 'node', label: 'Node', file: 'verify.mjs', code: NODE },
  { id: 'python', label: 'Python', file: 'verify.py', code: PYTHON },
  { id: 'go', label: 'Go', file: 'verify.go', code: GO },
  { id: 'rust', label: 'Rust', file: 'verify.rs', code: RUST },
  { id: 'php', label: 'PHP', file: 'verify.php', code: PHP },
  { id: 'shell', label: 'Shell', file: 'verify.sh', code: SHELL },
];
