// Fields that the Elastic Common Schema names are called so; the whole of what Postern knows is under `postern`.
const documentOf = (it) => {
  const run = read.run(it);
  const { message, ...record } = metrics.record(it);
  return {
    '@timestamp': new Date(metrics.at(it)).toISOString(),
    message,
    event: {
      id: it.event.id,
      kind: 'event',
      module: 'postern',
      action: 'monitor-run',
      outcome: run.failed ? 'failure' : 'success',
      start: run.begun,
      end: run.ended,
      duration: run.took * 1_000_000,
      ...(run.link ? { url: run.link } : {}),
    },
    log: { level: run.failed ? 'error' : 'info' },
    service: { name: 'postern' },
    ...(it.test ? { tags: ['test'] } : {}),
    postern: record,
  };
};

const signIn = ({ apiKey, user, password }) => {
  if (apiKey) return { authorization: `ApiKey ${apiKey}` };
  return user ? { authorization: web.basic(user, password) } : {};
};

const handlers = {
  // `_create` is what data streams take, and in an index it keeps a retry from writing a second time.
  *results(it) {
    const answer = yield {
      method: 'PUT',
      url: web.under(it.fields.url, `/${path.part(it.fields.index)}/_create/${path.part(read.run(it).id)}`),
      headers: signIn(it.fields),
      body: documentOf(it),
      accepts: [409],
    };
    if (answer.status === 409) {
      if (answer.text.includes('version_conflict_engine_exception')) return nothing('the run is there already');
      throw fail(`the cluster answered 409: ${text.cut(text.line(answer.text), 300)}`);
    }
    if (answer.json?.result !== 'created') throw fail('the address answered, but not as a cluster does: is it right?');
  },
};
