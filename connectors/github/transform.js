// Commits by the contents API. It takes the hash of the file that is replaced: a change at the same time is a conflict, and the retry
// reads anew.
const ask = (it, method, where, more) => ({
  method,
  url: `${it.fields.apiUrl.replace(/\/+$/, '')}/repos/${it.fields.repository}${where}`,
  headers: {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${it.fields.token}`,
    'x-github-api-version': '2022-11-28',
  },
  ...more,
});

const handlers = {
  *backup(it) {
    const { branch } = it.fields;
    const where = `/contents/${path.encode(path.fill(it.fields.path, it))}`;
    const look = ask(it, 'GET', branch ? `${where}?${text.query({ ref: branch })}` : where, { accepts: [404] });
    // As an "object", a file of more than 1 MB is told without its content; otherwise it is refused.
    look.headers.accept = 'application/vnd.github.object+json';
    const sha = git.blob(yield look);
    if (sha === it.file.gitBlob) return nothing(git.same);
    yield ask(it, 'PUT', where, {
      body: { message: git.message(it), content: it.file.base64, sha, branch, author: git.author(it) },
    });
  },

  *test(it) {
    const { repository } = it.fields;
    const found = yield ask(it, 'GET', '');
    if (found.json?.archived) throw fail(`${repository} is archived. Unarchive it, or choose another repository.`);
    if (found.json?.permissions?.push === false) throw fail(`the token's owner may read ${repository}, but not write to it`);
    const branch = it.fields.branch ?? found.json?.default_branch;
    const tip = yield ask(it, 'GET', `/git/ref/heads/${path.encode(branch)}`, { accepts: [404, 409] });
    // An empty repository has no branch yet: the first backup makes it.
    if (tip.status === 409) return;
    if (tip.status === 404) throw fail(`${repository} has no branch ${branch}`);
    // What `permissions` tells is the owner's, not the token's.
    git.mayWrite(yield ask(it, 'POST', '/git/refs', {
      body: { ref: `refs/heads/${branch}`, sha: tip.json.object.sha },
      accepts: [422],
    }));
  },
};
