// Commits by the repository files API. It takes the last commit of the file that is replaced: a change at the same time is refused, and
// the retry reads anew. A path is one part of the address, and its dots are encoded as GitLab writes them: else ".json" may be taken for
// a format.
const whole = (value) => path.part(value).replace(/\./g, '%2E');
const ask = (it, method, where, more) => ({
  method,
  url: `${it.fields.url.replace(/\/+$/, '')}/api/v4/projects/${whole(it.fields.project)}${where}`,
  headers: { authorization: `Bearer ${it.fields.token}` },
  ...more,
});
const DEVELOPER = 30;

const handlers = {
  *backup(it) {
    const branch = it.fields.branch ?? (yield ask(it, 'GET', '')).json?.default_branch ?? 'main';
    const where = `/repository/files/${whole(path.fill(it.fields.path, it))}`;
    const found = yield ask(it, 'HEAD', `${where}?${text.query({ ref: branch })}`, { accepts: [404] });
    if (found.headers['x-gitlab-content-sha256'] === it.file.sha256) return nothing(git.same);
    const author = git.author(it);
    yield ask(it, found.status === 404 ? 'POST' : 'PUT', where, {
      body: {
        branch,
        commit_message: git.message(it),
        content: it.file.base64,
        encoding: 'base64',
        author_name: author?.name,
        author_email: author?.email,
        last_commit_id: found.headers['x-gitlab-last-commit-id'],
      },
    });
  },

  *test(it) {
    const project = (yield ask(it, 'GET', '')).json ?? {};
    const name = project.path_with_namespace ?? it.fields.project;
    if (project.archived) throw fail(`${name} is archived. Unarchive it, or choose another project.`);
    if (project.empty_repo) {
      // There is no branch yet that could be asked for: the first backup makes it.
      const levels = Object.values(project.permissions ?? {}).map((access) => access?.access_level ?? 0);
      if (levels.length && Math.max(...levels) < DEVELOPER) {
        throw fail(`the token may not write to ${name}. Give it the role Developer or a higher one.`);
      }
      return;
    }
    const branch = it.fields.branch ?? project.default_branch;
    const tip = yield ask(it, 'GET', `/repository/branches/${path.part(branch)}`, { accepts: [404] });
    if (tip.status === 404) throw fail(`${name} has no branch ${branch}`);
    if (tip.json?.can_push === false) {
      throw fail(`the token may not push to the branch ${branch}. Give it a higher role, or let its role push to the protected branch.`);
    }
    // `can_push` is the role's; the token's scope may be smaller.
    git.mayWrite(yield ask(it, 'POST', `/repository/branches?${text.query({ branch, ref: branch })}`, { accepts: [400] }));
  },
};
