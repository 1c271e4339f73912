// Commits by a push. It takes the branch's last commit, so a change at the same time is a conflict, and the retry reads anew.
const home = ({ url, project, repository }) =>
  `${url.replace(/\/+$/, '')}/${path.part(project)}/_apis/git/repositories/${path.part(repository)}`;
const ask = (it, method, where, query, more) => ({
  method,
  url: `${home(it.fields)}${where}?${text.query({ ...query, 'api-version': '6.0' })}`,
  headers: { accept: 'application/json', authorization: web.basic('', it.fields.token) },
  ...more,
});
// To a token that it does not know, the service shows its page to sign in, and calls that a success.
const told = (answer) => {
  if (answer.status === 203 || /^\s*</.test(answer.text)) throw fail('the token is wrong, was revoked or has expired. Make a new one.');
  return answer.json ?? {};
};
const NONE = '0'.repeat(40);

// The branch and its last commit. An empty repository has no default branch, and its first push makes one.
function* tip(it) {
  const found = told(yield ask(it, 'GET', ''));
  if (found.isDisabled) throw fail(`the repository ${it.fields.repository} is disabled`);
  const name = it.fields.branch ? `refs/heads/${it.fields.branch}` : found.defaultBranch ?? 'refs/heads/main';
  const refs = told(yield ask(it, 'GET', '/refs', { filter: name.replace(/^refs\//, ''), $top: 50 }));
  const hash = refs.value?.find((ref) => ref.name === name)?.objectId;
  // Else the push would make it, without the files of any other.
  if (!hash && found.defaultBranch) throw fail(`${it.fields.repository} has no branch ${name.replace(/^refs\/heads\//, '')}`);
  return { name, hash };
}

const handlers = {
  *backup(it) {
    const { name, hash } = yield* tip(it);
    const file = `/${path.fill(it.fields.path, it)}`;
    let found = {};
    if (hash) {
      const at = { path: file, 'versionDescriptor.version': hash, 'versionDescriptor.versionType': 'commit', $format: 'json' };
      const answer = yield ask(it, 'GET', '/items', at, { accepts: [404] });
      if (answer.status !== 404) found = told(answer);
    }
    if (found.objectId === it.file.gitBlob) return nothing(git.same);
    const change = {
      changeType: found.objectId ? 'edit' : 'add',
      item: { path: file },
      newContent: { content: it.file.base64, contentType: 'base64Encoded' },
    };
    told(yield ask(it, 'POST', '/pushes', {}, {
      body: {
        refUpdates: [{ name, oldObjectId: hash ?? NONE }],
        commits: [{ comment: git.message(it), author: git.author(it), changes: [change] }],
      },
    }));
  },

  *test(it) {
    const { name, hash } = yield* tip(it);
    if (!hash) return;
    // Asked to make a branch that is there, the service says that it is, or what is missing to write to it.
    const refs = told(yield ask(it, 'POST', '/refs', {}, { body: [{ name, oldObjectId: NONE, newObjectId: hash }], accepts: [409] }));
    const { updateStatus: status, customMessage: why } = refs.value?.[0] ?? {};
    if (['writePermissionRequired', 'rejectedByPlugin', 'rejectedByPolicy', 'locked'].includes(status)) {
      const reason = text.cut(text.line(why || status), 200);
      throw fail(`the branch can't be written (${reason}). Give the token's account Contribute in the repository's Security.`);
    }
  },
};
