const HOUR = 3_600_000;

const ownLabels = (lines) => {
  const pairs = String(lines ?? '').split('\n').filter((line) => line.includes('=')).map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
};

const login = ({ user, password, tenant }) => ({
  ...(user ? { authorization: web.basic(user, password) } : password ? { authorization: `Bearer ${password}` } : {}),
  ...(tenant ? { 'x-scope-orgid': tenant } : {}),
});

// Alerts with the same labels are one alert, so nothing that a person can rename is a label: names are in the annotations.
function* post({ fields }, what, labels, length) {
  const names = { monitor: what.facts.monitor, collection: what.facts.collection, environment: what.facts.environment };
  const answer = yield {
    url: `${fields.url.replace(/(\/api\/v2(\/alerts)?)?\/*$/, '')}/api/v2/alerts`,
    headers: login(fields),
    body: [
      {
        labels: { severity: 'critical', ...ownLabels(fields.labels), source: 'postern', ...labels },
        annotations: {
          summary: incident.title(what, 200),
          description: incident.text(what, 2500),
          ...Object.fromEntries(Object.entries(names).filter(([, name]) => name)),
        },
        // One that is open needs an end, too: without it Alertmanager ends it after some minutes.
        ...(what.open ? { startsAt: time.iso(what.at), endsAt: time.iso(what.at + length) } : { endsAt: time.iso(what.at) }),
        ...(what.link ? { generatorURL: what.link } : {}),
      },
    ],
  };
  if (web.isPage(answer)) throw fail('what answers at this address is not Alertmanager: perhaps a proxy that wants a sign-in');
}

const handlers = {
  results(it) {
    const labels = { alertname: 'PosternMonitorFailing', monitor_uid: read.run(it).uid || it.integration.id };
    return post(it, incident.run(it), labels, it.fields.hours * HOUR);
  },

  trouble(it) {
    const { id, disabled } = read.trouble(it);
    const alertname = disabled ? 'PosternIntegrationDisabled' : 'PosternIntegrationFailing';
    return post(it, incident.trouble(it), { alertname, integration_id: id || it.integration.id }, it.fields.hours * HOUR);
  },

  // It lasts for five minutes: what ends before its route's group_wait is over is never told.
  test(it) {
    const summary = 'Somebody pressed Send test in Postern. The alert ends after 5 minutes.';
    const what = { ...incident.test(it)[0], at: it.event.ms, summary };
    return post(it, what, { alertname: 'PosternTest', integration_id: it.integration.id, severity: 'info' }, HOUR / 12);
  },
};
