// The text format, version 0.0.4, with base units as Prometheus has them. The Pushgateway refuses timestamps: the run's end is a gauge too.
const HELP = {
  duration_seconds: 'How long the last run took.',
  tests_passed: 'Tests that passed in the last run.',
  tests_failed: 'Tests that failed in the last run.',
  requests: 'Requests that the last run sent.',
  errors: 'Errors of the last run.',
  latency_seconds: 'How long the requests of the last run took, added up.',
  success: 'Whether the last run passed.',
  finished_timestamp_seconds: 'When the last run ended, in seconds since 1970.',
};

const quoted = (value) => `"${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

const exposition = (it) => {
  const { monitor, collection, environment } = metrics.tags(it);
  const labels = Object.entries({ monitor, collection, environment })
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(',');
  const gauges = metrics.points(it).map(({ name, value, unit }) => {
    const short = name.replace('postern.monitor.run.', '').replace(/\./g, '_');
    return unit === 'ms' ? [`${short}_seconds`, value / 1000] : [short, value];
  });
  gauges.push(['finished_timestamp_seconds', metrics.at(it) / 1000]);
  return gauges.map(([short, value]) => {
    const name = `postern_monitor_run_${short}`;
    return `# HELP ${name} ${HELP[short] ?? short}\n# TYPE ${name} gauge\n${name}{${labels}} ${value}\n`;
  }).join('');
};

const request = (it, group, more) => {
  const { url, user, password } = it.fields;
  return {
    url: web.under(url.replace(/\/metrics\/*$/, ''), `/metrics/job/${group.map(path.part).join('/')}`),
    ...more,
    headers: { ...(user ? { authorization: web.basic(user, password) } : {}), ...more.headers },
  };
};
const put = (it, group) => request(it, group, {
  method: 'PUT',
  headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  body: exposition(it),
});
const check = (answer) => {
  if (web.isPage(answer)) throw fail('the address answered with a web page: is it right?');
};

const handlers = {
  *results(it) {
    check(yield put(it, [it.fields.job, 'monitor_uid', read.run(it).uid || 'none']));
  },

  // A group of its own, gone again at once: nothing of a test is left to alert on.
  *test(it) {
    const group = [`${it.fields.job}-test`, 'integration', it.integration.id];
    check(yield put(it, group));
    yield request(it, group, { method: 'DELETE' });
  },
};
