// Metrics go first: the same gauge at the same time changes no average, minimum or maximum. An event that was sent twice has the same
// `event_id`.
const PLACES = {
  us: { metrics: 'metric-api.newrelic.com', events: 'insights-collector.newrelic.com' },
  eu: { metrics: 'metric-api.eu.newrelic.com', events: 'insights-collector.eu01.nr-data.net' },
  jp: { metrics: 'metric-api.jp.nr-data.net', events: 'insights-collector.jp.nr-data.net' },
};
const headers = (it) => ({ 'api-key': it.fields.apiKey });
/** What is older is dropped without a word. */
const METRIC_HOURS = 48;
const EVENT_HOURS = 24;

const gauges = (it) => ({
  url: `https://${PLACES[it.fields.region].metrics}/metric/v1`,
  headers: headers(it),
  body: [
    {
      common: { timestamp: metrics.at(it), attributes: metrics.tags(it) },
      metrics: metrics.points(it).map(({ name, value }) => ({ name, type: 'gauge', value })),
    },
  ],
});

// Attributes are texts and numbers only.
const event = (it) => {
  const { failures = [], success, ...record } = metrics.record(it);
  return {
    url: `https://${PLACES[it.fields.region].events}/v1/accounts/${it.fields.account}/events`,
    headers: headers(it),
    body: [
      {
        eventType: 'PosternMonitorRun',
        timestamp: metrics.at(it),
        ...record,
        success: success ? 1 : 0,
        ...(failures.length ? { failures: text.cut(failures.map(metrics.words).join('\n'), 4000) } : {}),
      },
    ],
  };
};

const handlers = {
  *results(it) {
    if (metrics.hours(it) >= METRIC_HOURS) return nothing('New Relic drops metrics that are older than 48 hours');
    yield gauges(it);
    if (it.fields.account && metrics.hours(it) < EVENT_HOURS) {
      const answer = yield event(it);
      if (answer.json?.success === false) throw fail(`New Relic did not take the event: ${text.cut(text.line(answer.text), 200)}`);
    }
    return undefined;
  },
};
