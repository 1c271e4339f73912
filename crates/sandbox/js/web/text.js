// `TextEncoder` and `TextDecoder` for UTF-8, the work being done by Rust.
import { host } from '../host.js';

function bytesOf(input) {
  if (input === undefined) return new Uint8Array(0);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw new TypeError('TextDecoder.decode needs an ArrayBuffer or a view of one');
}

/** How many bytes a text takes in UTF-8. */
export function byteLength(text) {
  return /^[\0-\x7f]*$/.test(text) ? text.length : host.encode(text.toWellFormed()).byteLength;
}

export class PosternTextEncoder {
  get encoding() {
    return 'utf-8';
  }

  encode(text = '') {
    return new Uint8Array(host.encode(String(text).toWellFormed()));
  }
}

export class PosternTextDecoder {
  #fatal;

  constructor(label = 'utf-8', options = {}) {
    if (!/^utf-?8$/i.test(label)) throw new RangeError(`TextDecoder knows utf-8 only, not ${label}`);
    this.#fatal = Boolean(options.fatal);
  }

  get encoding() {
    return 'utf-8';
  }

  get fatal() {
    return this.#fatal;
  }

  decode(input) {
    const text = host.decode(bytesOf(input).slice().buffer, this.#fatal);
    if (text === undefined) throw new TypeError('the bytes are not valid UTF-8');
    return text;
  }
}
Object.defineProperty(PosternTextEncoder, 'name', { value: 'TextEncoder' });
Object.defineProperty(PosternTextDecoder, 'name', { value: 'TextDecoder' });
