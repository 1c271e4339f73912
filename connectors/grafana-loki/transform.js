// What differs from run to run is no label, for each value of a label is a stream more.
// Loki drops a line that it has at the same nanosecond; the last digits keep the lines of a run apart and in order.
const entries = (it) => {
  const { message, failures = [], ...record } = metrics.record(it);
  const tags = { ...metrics.tags(it), run_id: record.run_id };
  const left = record.failures_left_out ? [[`… and ${text.count(record.failures_left_out)} more`, tags]] : [];
  return [
    [message, record],
    ...failures.map((failure) => [metrics.words(failure), { ...tags, request: failure.request, test_name: failure.test }]),
    ...(failures.length ? left : []),
  ];
};

const strings = (record) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]));

const signIn = ({ user, token }) => {
  if (user) return { authorization: web.basic(user, token) };
  return token ? { authorization: `Bearer ${token}` } : {};
};

const handlers = {
  *results(it) {
    const { url, tenant, details } = it.fields;
    const lines = details === 'line'
      ? [[JSON.stringify(metrics.record(it))]]
      : entries(it).map(([line, record]) => [line, strings(record)]);
    const answer = yield {
      url: web.under(url, '/loki/api/v1/push'),
      headers: { ...signIn(it.fields), ...(tenant ? { 'x-scope-orgid': tenant } : {}) },
      body: {
        streams: [{
          stream: { service_name: 'postern', level: read.run(it).failed ? 'error' : 'info' },
          values: lines.map((line, index) => [`${metrics.at(it)}${String(index).padStart(6, '0')}`, ...line]),
        }],
      },
    };
    // A blocked tenant is told with a status of the administrator's choice, 260 if there was none.
    if (![200, 202, 204].includes(answer.status)) {
      throw fail(`Loki took nothing: ${text.cut(text.line(answer.text), 300) || `it answered ${answer.status}`}`);
    }
    if (web.isPage(answer)) throw fail('the address answered with a web page: is it right?');
  },
};
