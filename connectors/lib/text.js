// Words, cut and escaped. Lengths are in characters as a reader counts them (code points), or in bytes of UTF-8 where the name says so.
const text = {
  /** At most `max` characters; what is cut off ends in an ellipsis. */
  cut(value, max) {
    const all = String(value ?? '');
    if (all.length <= max) return all;
    const points = Array.from(all);
    return points.length <= max ? all : `${points.slice(0, Math.max(0, max - 1)).join('').trimEnd()}…`;
  },

  /** At most `max` bytes of UTF-8. */
  cutBytes(value, max) {
    const all = String(value ?? '');
    if (text.bytes(all) <= max) return all;
    let [kept, used] = ['', 3];
    for (const point of all) {
      used += text.bytes(point);
      if (used > max) break;
      kept += point;
    }
    return `${kept.trimEnd()}…`;
  },

  /** How many bytes of UTF-8. */
  bytes(value) {
    let count = 0;
    for (const point of String(value)) {
      const code = point.codePointAt(0);
      count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    return count;
  },

  /** On one line, without control characters. */
  line(value) {
    return String(value ?? '').replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  },

  /** `1 test`, `3 tests`, `1,200 requests`. */
  plural(count, noun, many = `${noun}s`) {
    return `${text.count(count)} ${count === 1 ? noun : many}`;
  },

  /** `1,234,567`. */
  count(number) {
    return String(number ?? 0).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  },

  /** `250 ms`, `1.2 s`, `3 min 5 s`. */
  duration(ms) {
    if (ms < 1000) return `${Math.round(ms)} ms`;
    if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
    const seconds = Math.round(ms / 1000);
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)} min${rest ? ` ${rest} s` : ''}`;
  },

  /** For HTML and XML, in text and in attributes. */
  html(value) {
    const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return String(value ?? '').replace(/[&<>"']/g, (mark) => names[mark]);
  },

  /** A name as part of a file's path: letters of any script, digits, `.`, `_` and `-`; never empty, `.` or `..`. */
  slug(value) {
    const safe = text.line(value).replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
    return text.cutBytes(safe, 120).replace(/…$/, '') || 'unnamed';
  },

  /** `a=1&b=x%20y`; what is undefined is left out. */
  query(values) {
    return Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
  },
};
