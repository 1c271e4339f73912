// `atob` and `btoa`, as the HTML standard has them.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function invalid(message) {
  const error = new Error(message);
  error.name = 'InvalidCharacterError';
  return error;
}

export function encodeBase64(value) {
  const text = String(value);
  const parts = [];
  for (let at = 0; at < text.length; at += 3) {
    const bytes = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
    if (bytes.some((byte) => byte > 255)) throw invalid('btoa: a character lies outside of Latin-1');
    const bits = (bytes[0] << 16) | ((bytes[1] || 0) << 8) | (bytes[2] || 0);
    const left = text.length - at;
    parts.push(
      ALPHABET[bits >> 18] +
        ALPHABET[(bits >> 12) & 63] +
        (left > 1 ? ALPHABET[(bits >> 6) & 63] : '=') +
        (left > 2 ? ALPHABET[bits & 63] : '='),
    );
  }
  return parts.join('');
}

export function decodeBase64(value) {
  let text = String(value).replace(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) throw invalid('atob: the text is not base64');
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
