const request = (it, method, name, more = {}) => ({
  method,
  url: `${it.fields.url.replace(/\/+$/, '')}/${path.encode(name)}`,
  headers: { authorization: web.basic(it.fields.user, it.fields.password), ...(more.body && { 'content-type': 'application/json' }) },
  ...more,
});

// Folders are made only when the file has no place, which the server tells by 409 (RFC 4918) or 404: after the first backup one
// request is enough.
const write = function* (it, name) {
  const folders = name.split('/').slice(0, -1).map((_, index, all) => `${all.slice(0, index + 1).join('/')}/`);
  const put = (accepts) => request(it, 'PUT', name, { body: it.file.raw, accepts });
  let answer = yield put(folders.length ? [404, 409] : []);
  if (answer.status >= 300) {
    // 405: there is one already.
    for (const folder of folders) yield request(it, 'MKCOL', folder, { accepts: [405] });
    answer = yield put([]);
  }
  if (answer.status === 200 && /^text\/html/.test(answer.headers['content-type'] ?? '')) {
    throw fail('the address answers with a web page, so it is no WebDAV folder: copy the WebDAV address');
  }
};

const handlers = {
  *backup(it) {
    yield* write(it, path.fill(it.fields.path, it));
  },

  *test(it) {
    const name = path.test(it.fields.path);
    yield* write(it, name);
    yield request(it, 'DELETE', name, { accepts: [403, 404] });
  },
};
