// What opens an incident at a service that wakes people, and what closes it, in plain words.
const incident = {
  /** A monitor's run: a failure opens the monitor's incident, the next run that passes closes it. */
  run(it) {
    const run = read.run(it);
    return {
      about: 'monitor',
      open: run.failed,
      /** Whether there can be an incident to close. */
      recovered: run.recovered,
      key: run.key,
      name: run.monitor,
      ending: ` ${run.state}: ${run.summary}`,
      summary: run.streak > 1 ? `${run.summary}\nFailed ${text.count(run.streak)} times in a row.` : run.summary,
      failures: run.failures,
      more: run.more,
      collection: run.collection,
      environment: run.environment,
      facts: incident.facts({ ...metrics.tags(it), failures_in_a_row: run.streak, run_id: run.id }),
      at: metrics.at(it),
      link: run.link,
    };
  },

  /** Another integration that doesn't work. Nothing tells when it works again, so a person closes its incident. */
  trouble(it) {
    const trouble = read.trouble(it);
    return {
      ...incident.nothing,
      about: 'integration',
      open: true,
      key: trouble.key,
      name: `Integration ${trouble.integration}`,
      ending: trouble.disabled ? ' was disabled' : ' is failing',
      summary: text.line(trouble.message),
      facts: incident.facts({ integration: trouble.integration, status: trouble.disabled ? 'disabled' : 'failing' }),
      at: it.event.ms,
      link: trouble.link,
    };
  },

  /** What a test opens, and what closes it at once. */
  test(it) {
    const what = {
      ...incident.nothing,
      about: 'integration',
      test: true,
      key: `postern-test-${it.integration.id}`,
      name: `Test of ${it.integration.name}`,
      summary: 'Somebody pressed Send test in Postern. What the test opens, it closes at once.',
      facts: incident.facts({ integration: it.integration.name, status: 'test' }),
      link: it.link,
    };
    // A second apart: services go by the time of what they are told.
    return [{ ...what, open: true, at: it.event.ms - 1000 }, { ...what, open: false, recovered: true, at: it.event.ms }];
  },

  /** What to search and route by: short texts. */
  facts: (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, incident.fit(incident.plain(value), 200)])),

  nothing: { test: false, recovered: false, ending: '', failures: [], more: 0, collection: '', environment: '' },

  /** The name and what became of it; where it is too long, the name is cut. */
  title(what, max) {
    const ending = incident.fit(what.ending, max / 2);
    return incident.fit(incident.plain(what.name), max - ending.length) + ending;
  },

  /** Some lines: the figures, up to ten failures, where it was. `escape` is for services that read marks in them. */
  text(what, max, escape = (words) => words) {
    const short = (value, most) => escape(incident.fit(incident.plain(value), most));
    const top = what.summary.split('\n').map((line) => short(line, 600)).join('\n');
    const where = [what.collection, what.environment].filter(Boolean).map((name) => short(name, 100)).join(' · ');
    let room = max - top.length - where.length - 40;
    const shown = [];
    for (const failure of what.failures.slice(0, 10)) {
      const name = [failure.request, failure.test || failure.name].filter(Boolean).map((part) => short(part, 80)).join(' › ');
      const line = `• ${name}${failure.message ? `: ${short(failure.message, 200)}` : ''}`;
      room -= line.length + 1;
      if (room < 0) break;
      shown.push(line);
    }
    const rest = what.failures.length - shown.length + what.more;
    if (rest > 0 && shown.length) shown.push(`… and ${text.count(rest)} more`);
    return [top, shown.join('\n'), where].filter(Boolean).join('\n\n');
  },

  /** On one line; where a tag or a mention could begin, `<` is another mark that looks like it. */
  plain: (value) => text.line(value).replace(/<(?=[a-z/!?@#])/gi, '‹'),

  /** For services that hand it on to Markdown here and to Slack there: what would be a tag, a mention or a link in either looks alike, and is none. */
  unmarked: (value) => value.replace(/</g, '‹').replace(/>/g, '›').replace(/\](?=[([])/g, ']\u200b'),

  /** At most `max` UTF-16 units, which are what most services count. */
  fit(value, max) {
    const all = String(value ?? '');
    return all.length <= max ? all : `${all.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
  },
};
