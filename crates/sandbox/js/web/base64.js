// `atob` and `btoa` as the libraries of these names do it, which Postman's sandbox has: they forgive what the HTML standard
// does not. Many a script decodes the payload of a JWT, base64 for URLs without padding, by `atob`.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Takes a text, of whose letters only the low byte counts, or bytes. */
export function encodeBase64(value) {
  const at = bytesOf(value);
  const parts = [];
  for (let index = 0; index < at.length; index += 3) {
    const left = at.length - index;
    const bits = (at.byte(index) << 16) | (left > 1 ? at.byte(index + 1) << 8 : 0) | (left > 2 ? at.byte(index + 2) : 0);
    parts.push(
      ALPHABET[bits >> 18] +
        ALPHABET[(bits >> 12) & 63] +
        (left > 1 ? ALPHABET[(bits >> 6) & 63] : '=') +
        (left > 2 ? ALPHABET[bits & 63] : '='),
    );
  }
  return parts.join('');
}

function bytesOf(value) {
  if (value instanceof Uint8Array) return { length: value.length, byte: (index) => value[index] };
  const text = value.toString();
  return { length: text.length, byte: (index) => text.charCodeAt(index) & 255 };
}

/** Ends at the first `=`, and passes over what is not base64. */
export function decodeBase64(value) {
  const text = String(value).split('=', 1)[0].replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '');
  const parts = [];
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    bits = (bits << 6) | ALPHABET.indexOf(letter);
    count += 6;
    if (count >= 8) {
      count -= 8;
      parts.push(String.fromCharCode((bits >> count) & 255));
      bits &= (1 << count) - 1;
    }
  }
  return parts.join('');
}
