// Notifications on phones: a short title and some lines, shown as plain text. `level` says how loud: `loud`, `normal` or `quiet`.
const push = {
  run(it, max) {
    const run = read.run(it);
    return {
      level: run.failed ? 'loud' : run.recovered ? 'normal' : 'quiet',
      mark: run.failed ? 'bad' : 'good',
      key: run.key,
      title: chat.run(it).title,
      message: incident.text(incident.run(it), max),
    };
  },

  trouble(it, max) {
    const what = incident.trouble(it);
    return { level: 'loud', mark: 'warning', key: what.key, title: incident.title(what, 200), message: incident.text(what, max) };
  },

  test: (it) => ({
    level: 'normal',
    mark: 'test',
    key: `postern-test-${it.integration.id}`,
    title: 'Test from Postern',
    message: `Somebody pressed Send test at the integration ${text.cut(text.line(it.integration.name), 100)}.`,
  }),
};
