// Messages of opentelemetry-proto in their JSON form: 64-bit integers are texts, enums are numbers.
const valueOf = (value) => {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueOf) } };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Number.isInteger(value)) return { intValue: String(value) };
  return typeof value === 'number' ? { doubleValue: value } : { stringValue: value };
};
const attributes = (record) => Object.entries(record).map(([key, value]) => ({ key, value: valueOf(value) }));
const resource = { attributes: attributes({ 'service.name': 'postern' }) };
const scope = { name: 'postern' };
const nanoseconds = (it) => `${metrics.at(it)}000000`;

const gauges = (it) => ({
  resourceMetrics: [{
    resource,
    scopeMetrics: [{
      scope,
      metrics: metrics.points(it).map(({ name, value, unit }) => ({
        name,
        unit,
        gauge: { dataPoints: [{ timeUnixNano: nanoseconds(it), asDouble: value, attributes: attributes(metrics.tags(it)) }] },
      })),
    }],
  }],
});

const logs = (it) => {
  const { message, failures, ...record } = metrics.record(it);
  const { failed } = read.run(it);
  return {
    resourceLogs: [{
      resource,
      scopeLogs: [{
        scope,
        logRecords: [{
          timeUnixNano: nanoseconds(it),
          observedTimeUnixNano: nanoseconds(it),
          severityNumber: failed ? 17 : 9,
          severityText: failed ? 'ERROR' : 'INFO',
          body: valueOf(message),
          attributes: attributes({
            'log.record.uid': it.event.id,
            'event.name': 'postern.monitor.run',
            ...record,
            ...(failures ? { failures: failures.map(metrics.words) } : {}),
          }),
        }],
      }],
    }],
  };
};

// What was refused in a 2xx: `rejectedDataPoints` or `rejectedLogRecords`, a text or a number. With 0 it is a mere remark.
const check = (answer) => {
  if (web.isPage(answer)) throw fail('the address answered with a web page: is it right?');
  const { rejectedDataPoints, rejectedLogRecords, errorMessage } = answer.json?.partialSuccess ?? {};
  const rejected = Number(rejectedDataPoints ?? rejectedLogRecords ?? 0);
  const why = text.cut(text.line(errorMessage), 300) || 'it does not say why';
  if (rejected > 0) throw fail(`the endpoint took not all of it, ${text.count(rejected)} rejected: ${why}`);
};

const handlers = {
  // Logs come last: a retry writes the same points again, which is harmless, and no record twice.
  *results(it) {
    const { url, signals, header, secret, headers } = it.fields;
    const base = url.replace(/\/v1\/(metrics|logs|traces)\/*$/, '');
    const all = { ...web.headers(headers), ...(secret ? { [header.toLowerCase()]: secret } : {}) };
    if (signals !== 'logs') check(yield { url: web.under(base, '/v1/metrics'), headers: all, body: gauges(it) });
    if (signals !== 'metrics') check(yield { url: web.under(base, '/v1/logs'), headers: all, body: logs(it) });
  },
};
