// Metrics go first: a gauge that is sent again with the same time replaces itself, an event would stand there twice.
const headers = (it) => ({ 'dd-api-key': it.fields.apiKey });
const address = (it, path) => `https://api.${it.fields.site}/api/${path}`;
const UNITS = { ms: 'millisecond', '{test}': 'assertion', '{request}': 'request', '{error}': 'error' };
const SHOWN = 10;
/** Datadog refuses events that are older. */
const EVENT_HOURS = 18;

const tags = (it) => {
  const own = Object.entries(metrics.tags(it, 180)).map(([name, value]) => `${name}:${value}`);
  const more = (it.fields.tags ?? '').split(',').map((tag) => text.cut(text.line(tag), 200));
  return [...new Set([...own, ...more.filter(Boolean)])].slice(0, 100);
};

// An at sign in an event's text or title calls people.
const piece = (value, max) => text.cut(text.line(value).replace(/@/g, '@\u200b'), max);

const series = (it) => ({
  url: address(it, 'v2/series'),
  headers: headers(it),
  body: {
    series: metrics.points(it).map(({ name, value, unit }) => ({
      metric: name,
      type: 3,
      points: [{ timestamp: Math.floor(metrics.at(it) / 1000), value }],
      ...(UNITS[unit] ? { unit: UNITS[unit] } : {}),
      tags: tags(it),
    })),
  },
});

const event = (it) => {
  const run = read.run(it);
  const failures = run.failures.slice(0, SHOWN).map((failure) => {
    const name = [failure.request, failure.test || failure.name].filter(Boolean).map((part) => piece(part, 80)).join(' › ');
    return `• ${name}: ${piece(failure.message, 120)}`;
  });
  const rest = run.failures.length - failures.length + run.more;
  const words = [
    `${run.summary}${run.streak > 1 ? `. Failed ${run.streak} times in a row.` : ''}`,
    ...(run.link ? [run.link] : []),
    ...failures,
    ...(failures.length && rest > 0 ? [`… and ${text.count(rest)} more`] : []),
  ];
  return {
    url: address(it, 'v1/events'),
    headers: headers(it),
    body: {
      title: piece(metrics.title(it, 80), 100),
      text: text.cutBytes(words.join('\n'), 4000),
      alert_type: it.test ? 'info' : run.failed ? 'error' : 'success',
      priority: run.failed && !it.test ? 'normal' : 'low',
      date_happened: Math.floor(metrics.at(it) / 1000),
      aggregation_key: text.cut(run.key, 100),
      tags: tags(it),
    },
  };
};

const handlers = {
  results(it) {
    const run = read.run(it);
    const told = { all: true, none: false, changes: run.failed || run.recovered }[it.fields.tell];
    return told && metrics.hours(it) < EVENT_HOURS ? [series(it), event(it)] : [series(it)];
  },

  *test(it) {
    // The places for metrics and events take some keys that nobody has; this one doesn't.
    const answer = yield { method: 'GET', url: address(it, 'v1/validate'), headers: headers(it) };
    if (answer.json?.valid !== true) throw fail('Datadog does not know the API key at this site: check the key and the site');
    yield series(it);
    if (it.fields.tell !== 'none') yield event(it);
  },
};
