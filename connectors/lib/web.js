// Addresses and headers made of what people put into a form.
const web = {
  /** `rest` under an address that a person wrote: it may end in a slash, or be the whole address already. */
  under(base, rest) {
    const start = base.split('?')[0].replace(/\/+$/, '');
    return start.endsWith(rest) ? start : `${start}${rest}`;
  },

  /** The value of `authorization` for a user and a password. */
  basic: (user, password) => `Basic ${crypto.base64(`${user ?? ''}:${password ?? ''}`)}`,

  /** `Name: value` on each line, as headers; names in lower case. */
  headers(lines) {
    const pairs = String(lines ?? '').split('\n').filter((line) => line.trim() !== '').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    });
    return Object.fromEntries(pairs);
  },

  /** Whether a web page answered, say of a proxy that wants a sign-in: a 2xx that means nothing. */
  isPage: (answer) => /^\s*<(!doctype|html)/i.test(answer.text),
};
