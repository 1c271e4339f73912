// Commits by an upload. It takes the commit that the new one follows: a change at the same time is a conflict, and the retry reads anew.
// Hashes of files are not told, so the file itself is looked at.
const ask = (it, method, where, more = {}) => ({
  method,
  url: `https://api.bitbucket.org/2.0/repositories/${it.fields.repository}${where}`,
  ...more,
  headers: {
    authorization: it.fields.account ? web.basic(it.fields.account, it.fields.token) : `Bearer ${it.fields.token}`,
    ...more.headers,
  },
});

// An upload is a form: a field for each property of the commit, and one for the file, named by its path. The slash before it tells the
// two apart.
const upload = (it, file, commit) => {
  // Nothing holds its own hash, so this ends no part too early.
  const boundary = it.file.sha256;
  const part = (name, more, value) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const fields = Object.entries(commit).filter(([, value]) => value !== undefined).map(([name, value]) => part(name, '', value));
  const content = part(`/${file}`, '; filename="collection.json"\r\nContent-Type: application/json', it.file.raw);
  return ask(it, 'POST', '/src', {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${fields.join('')}${content}--${boundary}--\r\n`,
  });
};

// The branch and its last commit; a repository without commits has no main branch, and what is uploaded becomes it.
function* tip(it) {
  const found = yield ask(it, 'GET', `?${text.query({ fields: 'mainbranch.name' })}`);
  const main = found.json?.mainbranch?.name;
  const branch = it.fields.branch ?? main;
  if (!main) return { branch };
  const where = `/refs/branches/${path.encode(branch)}?${text.query({ fields: 'name,target.hash' })}`;
  const head = yield ask(it, 'GET', where, { accepts: [404] });
  // Else the upload would make it.
  if (head.status === 404) throw fail(`${it.fields.repository} has no branch ${branch}`);
  return { branch, hash: head.json.target.hash };
}

const handlers = {
  *backup(it) {
    const { branch, hash } = yield* tip(it);
    const file = path.fill(it.fields.path, it);
    if (hash) {
      const found = yield ask(it, 'GET', `/src/${hash}/${path.encode(file)}`, { accepts: [404] });
      if (found.status !== 404 && found.sha256 === it.file.sha256) return nothing(git.same);
    }
    const author = git.author(it);
    yield upload(it, file, {
      message: git.message(it),
      author: author && `${author.name} <${author.email}>`,
      parents: hash,
      branch,
    });
  },

  *test(it) {
    const { branch, hash } = yield* tip(it);
    if (hash) git.mayWrite(yield ask(it, 'POST', '/refs/branches', { body: { name: branch, target: { hash } }, accepts: [400] }));
  },
};
