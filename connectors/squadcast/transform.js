const tell = ({ fields }, what) => ({
  url: fields.url,
  body: what.open
    ? {
        message: incident.unmarked(incident.title(what, 200)),
        description: incident.text(what, 2500, incident.unmarked) + (what.link ? `\n\n${what.link}` : ''),
        tags: what.facts,
        ...(fields.priority ? { priority: what.test ? 'P5' : fields.priority } : {}),
        status: 'trigger',
        event_id: what.key,
      }
    : { status: 'resolve', event_id: what.key },
});

const handlers = {
  results: (it) => tell(it, incident.run(it)),
  trouble: (it) => tell(it, incident.trouble(it)),
  test: (it) => incident.test(it).map((what) => tell(it, what)),
};
