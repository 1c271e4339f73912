// A header takes ASCII only, so Dropbox reads JSON's escapes there.
const header = (value) =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const login = function* ({ fields }) {
  const answer = yield {
    url: 'https://api.dropboxapi.com/oauth2/token',
    headers: {
      authorization: web.basic(fields.appKey, fields.appSecret),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: text.query({ grant_type: 'refresh_token', refresh_token: fields.refreshToken }),
    keep: false,
  };
  if (!answer.json?.access_token) throw fail('Dropbox gave no access token');
  return `Bearer ${answer.json.access_token}`;
};

const upload = (it, authorization, name) => ({
  url: 'https://content.dropboxapi.com/2/files/upload',
  headers: {
    authorization,
    'content-type': 'application/octet-stream',
    'dropbox-api-arg': header({ path: `/${name}`, mode: 'overwrite', mute: true }),
  },
  body: it.file.raw,
});

const handlers = {
  *backup(it) {
    yield upload(it, yield* login(it), path.fill(it.fields.path, it));
  },

  *test(it) {
    const authorization = yield* login(it);
    const name = path.test(it.fields.path);
    yield upload(it, authorization, name);
    yield { url: 'https://api.dropboxapi.com/2/files/delete_v2', headers: { authorization }, body: { path: `/${name}` }, accepts: [409] };
  },
};
