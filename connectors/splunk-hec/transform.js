// Metrics go first: the same point twice changes no average, minimum or maximum. An event that was indexed twice has the same `event_id`.
const collect = (it, what) => ({
  url: `${it.fields.url.replace(/[?].*$/, '').replace(/\/+(services(\/collector(\/.*)?)?)?$/, '')}/services/collector/event`,
  headers: {
    authorization: `Splunk ${it.fields.token}`,
    // Tokens with indexer acknowledgement want a channel, others don't mind.
    'x-splunk-request-channel': it.integration.id,
  },
  body: { time: metrics.at(it) / 1000, source: 'postern', ...what },
});

const points = (it) =>
  collect(it, {
    index: it.fields.metricsIndex,
    event: 'metric',
    fields: { ...Object.fromEntries(metrics.points(it).map(({ name, value }) => [`metric_name:${name}`, value])), ...metrics.tags(it) },
  });

const event = (it) =>
  collect(it, {
    sourcetype: it.fields.sourcetype,
    ...(it.fields.index ? { index: it.fields.index } : {}),
    event: metrics.record(it),
  });

const check = (answer) => {
  if (answer.json?.code === 0) return;
  const why = answer.json?.text ?? 'the answer is not that of a collector: check the address and its port, usually 8088';
  throw fail(`the event was not taken: ${text.cut(text.line(why), 200)}`);
};

const handlers = {
  *results(it) {
    if (it.fields.metricsIndex) check(yield points(it));
    check(yield event(it));
  },
};
