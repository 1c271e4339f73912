// Line protocol: `measurement,tags fields time`. A backslash in a tag means different things to different versions, and nothing at its end:
// it becomes a slash.
const tag = (value) => value.replace(/\\/g, '/').replace(/[,= ]/g, '\\$&');
const quoted = (value) => `"${value.replace(/["\\]/g, '\\$&')}"`;
const whole = (value) => `${Math.round(value)}i`;
const pairs = (values) => Object.entries(values).map(([name, value]) => `${name}=${value}`).join(',');

// InfluxDB 3 keeps a table to the tags of its first point, so each point has all of them.
const tagsOf = (it) => {
  const known = metrics.tags(it);
  const names = ['collection', 'environment', 'monitor', 'monitor_uid', 'status'];
  return pairs(Object.fromEntries(names.map((name) => [name, tag(known[name] ?? 'none')])));
};

const fieldsOf = (it) => {
  const record = metrics.record(it);
  const figures = metrics.points(it).map(({ name, value, unit }) => {
    const short = name.replace('postern.monitor.run.', '').replace(/\./g, '_');
    return [unit === 'ms' ? `${short}_ms` : short, whole(value)];
  });
  return pairs({
    ...Object.fromEntries(figures),
    failures_in_a_row: whole(record.failures_in_a_row),
    run_id: quoted(record.run_id),
    message: quoted(record.message),
    ...(record.url ? { url: quoted(record.url) } : {}),
  });
};

const handlers = {
  // A point of the same measurement, tags and time takes the other's place: a retry writes nothing new.
  *results(it) {
    const { url, bucket, org, token, measurement } = it.fields;
    const answer = yield {
      url: `${web.under(url, '/api/v2/write')}?${text.query({ org, bucket, precision: 'ms' })}`,
      headers: { 'content-type': 'text/plain; charset=utf-8', ...(token ? { authorization: `Token ${token}` } : {}) },
      body: `${measurement}${it.test ? '_test' : ''},${tagsOf(it)} ${fieldsOf(it)} ${metrics.at(it)}`,
    };
    if (web.isPage(answer)) throw fail('the address answered with a web page: is it right?');
  },
};
