// Events API v2. A resolve is dropped where no alert of its key is open; so each run that passes resolves, and makes good what an
// earlier one could not.
const HOSTS = { us: 'events.pagerduty.com', eu: 'events.eu.pagerduty.com' };
const name = (value) => incident.fit(incident.plain(value), 255) || undefined;

const trigger = (it, what) => ({
  payload: {
    summary: incident.title(what, 300),
    source: name(what.name),
    severity: what.test ? 'info' : it.fields.severity,
    timestamp: new Date(what.at).toISOString(),
    component: name(what.collection),
    group: name(what.environment),
    class: what.about,
    custom_details: { details: incident.text(what, 8000), ...what.facts },
  },
  client: 'Postern',
  ...(what.link ? { client_url: what.link, links: [{ href: what.link, text: 'Open in Postern' }] } : {}),
});

const send = (it, what) => ({
  url: `https://${HOSTS[it.fields.region]}/v2/enqueue`,
  body: {
    routing_key: it.fields.routingKey,
    event_action: what.open ? 'trigger' : 'resolve',
    dedup_key: what.key,
    ...(what.open ? trigger(it, what) : {}),
  },
});

const handlers = {
  results: (it) => send(it, incident.run(it)),
  trouble: (it) => send(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => send(it, what)),
};
