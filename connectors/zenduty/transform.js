const tell = ({ fields }, what) => ({
  // As Zenduty writes it: with a slash at the end.
  url: fields.url.replace(/\/*$/, '/'),
  body: {
    alert_type: what.open ? fields.type : 'resolved',
    entity_id: what.key,
    message: incident.unmarked(incident.title(what, 200)),
    summary: incident.text(what, 2500, incident.unmarked),
    payload: what.facts,
    ...(what.link ? { urls: [{ link_url: what.link, link_text: 'Open in Postern' }] } : {}),
  },
});

const handlers = {
  // A resolved alert without an incident opens none.
  results: (it) => tell(it, incident.run(it)),
  trouble: (it) => tell(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => tell(it, what)),
};
