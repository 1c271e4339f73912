// Alert API; Jira Service Management keeps it at another address. The alias is the key: at most one alert of it is open, and closing
// where none is open does nothing; so each run that passes closes, and makes good what an earlier one could not.
const ALERTS = {
  us: 'https://api.opsgenie.com/v2/alerts',
  eu: 'https://api.eu.opsgenie.com/v2/alerts',
  jsm: 'https://api.atlassian.com/jsm/ops/integration/v2/alerts',
};

const create = (it, what) => ({
  message: incident.title(what, 130),
  alias: what.key,
  description: [incident.text(what, 10_000), what.link].filter(Boolean).join('\n\n'),
  details: { ...what.facts, ...(what.link ? { link: what.link } : {}) },
  entity: incident.fit(incident.plain(what.name), 512),
  tags: ['postern', ...(what.test ? ['test'] : [])],
  source: 'Postern',
  priority: what.test ? 'P5' : it.fields.priority,
});

const send = (it, what) => ({
  url: `${ALERTS[it.fields.product]}${what.open ? '' : `/${path.part(what.key)}/close?identifierType=alias`}`,
  headers: { authorization: `GenieKey ${it.fields.apiKey}` },
  body: what.open ? create(it, what) : { source: 'Postern', note: incident.title(what, 300) },
});

const handlers = {
  results: (it) => send(it, incident.run(it)),
  trouble: (it) => send(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => send(it, what)),
};
