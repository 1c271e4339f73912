// Alerts API. What BigPanda makes of an `ok` where nothing is open is not documented, so a run that passes sends one only after
// failures.
const HOSTS = { us: 'api.bigpanda.io', eu: 'eu-api.bigpanda.io' };

// A tag that begins with `http` would be shown as a button that opens it.
const tag = (value) => value.replace(/^(?=https?:)/i, '\u200b');

const send = (it, what) => {
  // `status` is BigPanda's own.
  const { status: outcome, ...facts } = what.facts;
  const severity = what.test ? 'warning' : it.fields.severity;
  return {
    url: `https://${HOSTS[it.fields.region]}/data/v2/alerts`,
    headers: { authorization: `Bearer ${it.fields.token}` },
    body: {
      app_key: it.fields.appKey,
      status: what.open ? severity : 'ok',
      timestamp: Math.floor(what.at / 1000),
      incident_identifier: what.key,
      primary_property: what.about,
      ...(facts.collection ? { secondary_property: 'collection' } : {}),
      description: incident.text(what, 2000),
      source: 'Postern',
      outcome,
      ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, tag(value)])),
      ...(what.link ? { link: what.link } : {}),
    },
  };
};

const handlers = {
  results(it) {
    const what = incident.run(it);
    return what.open || what.recovered ? send(it, what) : nothing('the monitor has no open alert');
  },
  trouble: (it) => send(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => send(it, what)),
};
