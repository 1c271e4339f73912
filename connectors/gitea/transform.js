// Commits by the contents API. It takes the hash of the file that is replaced: a change at the same time is refused, and the retry
// reads anew.
const ask = (it, method, where, more) => ({
  method,
  url: `${it.fields.url.replace(/\/+$/, '')}/api/v1/repos/${it.fields.repository}${where}`,
  headers: { accept: 'application/json', authorization: `token ${it.fields.token}` },
  ...more,
});

const handlers = {
  *backup(it) {
    const { branch } = it.fields;
    const file = path.encode(path.fill(it.fields.path, it));
    const ref = branch ? `?${text.query({ ref: branch })}` : '';
    const sha = git.blob(yield ask(it, 'GET', `/contents/${file}${ref}`, { accepts: [404] }));
    if (sha === it.file.gitBlob) return nothing(git.same);
    // A repository of the format SHA-256 has other hashes than Git's usual ones: the file itself is looked at.
    if (sha?.length === 64) {
      const raw = yield ask(it, 'GET', `/raw/${file}${ref}`);
      if (raw.sha256 === it.file.sha256) return nothing(git.same);
    }
    yield ask(it, sha ? 'PUT' : 'POST', `/contents/${file}`, {
      body: { message: git.message(it), content: it.file.base64, sha, branch, author: git.author(it) },
    });
  },

  *test(it) {
    const { repository } = it.fields;
    const found = (yield ask(it, 'GET', '')).json ?? {};
    if (found.archived) throw fail(`${repository} is archived. Unarchive it, or choose another repository.`);
    if (found.mirror) throw fail(`${repository} is a mirror, which takes no commits. Choose another repository.`);
    if (found.permissions?.push === false) throw fail(`the token's owner may read ${repository}, but not write to it`);
    // An empty repository has no branch yet: the first backup makes it.
    if (found.empty) return;
    const branch = it.fields.branch ?? found.default_branch;
    const tip = yield ask(it, 'GET', `/branches/${path.encode(branch)}`, { accepts: [404] });
    if (tip.status === 404) throw fail(`${repository} has no branch ${branch}`);
    if (tip.json?.user_can_push === false) throw fail(`the branch ${branch} is protected. Let the token's owner push to it.`);
    // All that is the owner's; the token's permission may be smaller.
    git.mayWrite(yield ask(it, 'POST', '/branches', { body: { new_branch_name: branch }, accepts: [409] }));
  },
};
