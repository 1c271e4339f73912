// Alert events of an HTTP source. What becomes of a `resolved` where nothing fires is not documented, so a run that passes sends one
// only after failures.
const markdown = (words) => chat.markdown(words, /[\\`*_[\]<>~|]/g).replace(/^(?=[#+=-]|\d+[.)])/, '\u200b');

// Two spaces at its end keep a line a line.
const lines = (words) => words.split('\n\n').map((part) => part.replaceAll('\n', '  \n')).join('\n\n');

const send = (it, what) => ({
  url: it.fields.url,
  headers: { authorization: `Bearer ${it.fields.token}` },
  body: {
    status: what.open ? 'firing' : 'resolved',
    deduplication_key: what.key,
    title: incident.title(what, 200),
    description: lines(incident.text(what, 5000, markdown)),
    ...(what.link ? { source_url: what.link } : {}),
    metadata: { source: 'Postern', severity: what.test ? 'info' : it.fields.severity, ...what.facts },
  },
});

const handlers = {
  results(it) {
    const what = incident.run(it);
    return what.open || what.recovered ? send(it, what) : nothing('the monitor has no open alert');
  },
  trouble: (it) => send(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => send(it, what)),
};
