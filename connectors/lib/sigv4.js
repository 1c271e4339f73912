// AWS's Signature Version 4, which the object stores of other makers take as well.
const sigv4 = {
  /**
   * A request's headers, and with them those that sign it. `hash` is the SHA-256 of its body. The URL's path is signed as it is
   * written: each part percent-encoded once, as S3 wants it.
   */
  sign({ method, url, headers = {}, hash, now, region, service = 's3', key, secret, token }) {
    const [, scheme, authority, pathname, query] = /^(https?):\/\/([^/?]+)([^?]*)\??(.*)$/.exec(url);
    const at = time.compact(now);
    const sent = { ...headers, 'x-amz-content-sha256': hash, 'x-amz-date': at, ...(token && { 'x-amz-security-token': token }) };
    const signed = { ...sent, host: authority.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '') };
    const names = Object.keys(signed).sort();
    const canonical = [
      method,
      pathname || '/',
      query.split('&').filter(Boolean).map((pair) => (pair.includes('=') ? pair : `${pair}=`)).sort().join('&'),
      ...names.map((name) => `${name}:${String(signed[name]).trim().replace(/ +/g, ' ')}`),
      '',
      names.join(';'),
      hash,
    ].join('\n');
    const day = at.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const derived = [day, region, service, 'aws4_request'].reduce((last, part) => ({ hex: crypto.hmac(last, part) }), `AWS4${secret}`);
    const signature = crypto.hmac(derived, ['AWS4-HMAC-SHA256', at, scope, crypto.sha256(canonical)].join('\n'));
    return {
      ...sent,
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    };
  },

  /** Writes a backup's file to an object. `access` is `region`, `key`, `secret` and perhaps `token`. */
  put(it, url, access, headers = {}) {
    const own = { 'content-type': 'application/json', 'content-md5': crypto.base64({ hex: it.file.md5 }), ...headers };
    const signed = sigv4.sign({ method: 'PUT', url, headers: own, hash: it.file.sha256, now: it.now, ...access });
    return { method: 'PUT', url, headers: signed, body: it.file.raw };
  },

  /** Removes what a test wrote. A key that may write but not remove is a good one for backups, so a refusal is fine. */
  remove(it, url, access) {
    const headers = sigv4.sign({ method: 'DELETE', url, hash: crypto.sha256(''), now: it.now, ...access });
    return { method: 'DELETE', url, headers, accepts: [403, 404] };
  },
};
