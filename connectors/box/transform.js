const API = 'https://api.box.com';
const UPLOAD = 'https://upload.box.com/api/2.0';

const login = function* ({ fields }) {
  const answer = yield {
    url: `${API}/oauth2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: text.query({
      grant_type: 'client_credentials',
      client_id: fields.clientId,
      client_secret: fields.clientSecret,
      box_subject_type: 'enterprise',
      box_subject_id: fields.enterprise,
    }),
    keep: false,
  };
  if (!answer.json?.access_token) throw fail('Box gave no access token');
  return `Bearer ${answer.json.access_token}`;
};

// Box's own question whether it would take a file: it looks at the name, the folder, the permissions and the space that is left. The
// answer holds a token for the upload.
const check = (it, authorization, name) => ({
  method: 'OPTIONS',
  url: `${API}/2.0/files/content`,
  headers: { authorization },
  body: { name, parent: { id: it.fields.folder }, size: it.file.bytes },
  accepts: [409],
  keep: false,
});

// The event's ID is made after the document was saved, so the document can't hold the boundary.
const upload = (it, authorization, target, attributes) => {
  const boundary = `postern-${it.event.id}`;
  const part = (head, body) => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  return {
    url: `${UPLOAD}/${target}`,
    // Box wants the SHA-1 in this header, whatever its name says.
    headers: { authorization, 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-md5': it.file.sha1 },
    body: [
      part('name="attributes"', JSON.stringify(attributes)),
      part('name="file"; filename="backup.json"\r\ncontent-type: application/json', it.file.raw),
      `--${boundary}--\r\n`,
    ].join(''),
  };
};

const handlers = {
  *backup(it) {
    const name = path.fill(it.fields.name, it);
    const authorization = yield* login(it);
    const answer = yield check(it, authorization, name);
    if (answer.status !== 409) {
      yield upload(it, authorization, 'files/content', { name, parent: { id: it.fields.folder } });
      return;
    }
    const [there] = [answer.json?.context_info?.conflicts].flat();
    if (there?.type !== 'file') {
      throw fail(`the file has no place there (${answer.json?.code ?? 'conflict'}): change its name, or try again later`);
    }
    if (there.sha1?.toLowerCase() === it.file.sha1) return nothing('the file is there already');
    yield upload(it, authorization, `files/${path.part(String(there.id))}/content`, { name });
  },

  *test(it) {
    yield check(it, yield* login(it), 'postern-test.json');
  },
};
