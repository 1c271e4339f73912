// Backups as commits: what services that keep Git repositories have in common.
const git = {
  same: 'the file in the repository is the same already',

  /** The commit's message: what happened, then the version, who saved it, and where. */
  message(it) {
    const backup = read.backup(it);
    const by = backup.by ? `, saved by ${git.plain(text.cut(text.line(backup.by), 100))}` : '';
    const subject = git.plain(text.cut(backup.sentence, 200));
    return `${subject}\n\nBacked up by Postern: version ${backup.version}${by}.${it.link && `\n${it.link}`}`;
  },

  /** What people wrote, so that it mentions nobody, closes no issue and makes no link: a space without width follows each sign for that. */
  plain: (words) => words.replace(/[@#](?=\w)|[!$%&~](?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, '$&\u200b'),

  /** Who saved it, with the address of the field `email`; `undefined` without one, or where nothing is left of the name that Git takes. */
  author(it) {
    const { email } = it.fields;
    const name = text.cut(text.line(read.backup(it).by).replace(/[<>]/g, '').trim(), 80);
    return email && /[\p{L}\p{N}]/u.test(name) ? { name, email } : undefined;
  },

  /** The file's hash in a contents API's answer, `undefined` at a 404. It stands before the content, which may be too long to be read. */
  blob(found) {
    if (found.status === 404) return undefined;
    const sha = found.json ? found.json.type === 'file' && found.json.sha : /"sha":\s*"([0-9a-f]{40,64})"/.exec(found.text)?.[1];
    if (!sha) throw fail('there is a folder or a link where the file should be. Choose another path.');
    return sha;
  },

  /** Asked to make a branch that is there, a service says so only to those who may write. Any other refusal is the test's failure. */
  mayWrite(answer) {
    if (/already.exist/i.test(answer.text)) return;
    const why = answer.json?.message ?? answer.json?.error?.message ?? answer.text;
    throw fail(`the token can't write: ${text.cut(text.line(typeof why === 'string' ? why : JSON.stringify(why)), 200)}`);
  },
};
