// Letters in text and HTML. What people wrote is escaped in the one, and stands as it is in the other.
const SHOWN = 50;

const list = (emails) => (emails ?? '').split(',').map((email) => email.trim()).filter(Boolean);

const page = (blocks, link) => [
  '<div style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:40em">',
  ...blocks,
  link ? `<p><a href="${text.html(link)}">Open in Postern</a></p>` : '',
  '</div>',
].join('\n');

const paragraph = (words, style = '') => `<p${style && ` style="${style}"`}>${text.html(words)}</p>`;

// A test has an example in it, so it says what it is before that.
const TEST = 'Somebody pressed Send test in Postern. This is what a letter looks like:';

const letter = (it, to, subject, lines, blocks, { link, thread }) => ({
  to,
  subject: text.cut(text.line(subject), 150),
  text: `${[...(it.test ? [TEST, ''] : []), ...lines].join('\n')}\n${link ? `\n${link}\n` : ''}`,
  html: page([...(it.test ? [paragraph(TEST)] : []), ...blocks], link),
  thread,
});

// Whom a run is told: the integration's own, and whom its monitor names, until as many failures in a row as it wants to hear of. They hear
// of the first run that passes, too.
const recipients = (it, run) => {
  const told = it.payload.postern?.notifications ?? {};
  const [onFailure, onError] = [told.onFailure ?? [], told.onError ?? []];
  const named = { failure: onFailure, success: [...onFailure, ...onError] }[run.status] ?? onError;
  const within = run.failed ? !told.limit || run.streak <= told.limit : run.recovered;
  return [...new Set([...list(it.fields.alertTo), ...(within ? named : [])])].slice(0, 50);
};

const handlers = {
  activity(it) {
    const what = read.activity(it);
    const subject = it.test ? 'Test: activity in Postern' : what.sentence;
    return letter(it, list(it.fields.to), subject, [what.sentence], [paragraph(what.sentence)], what);
  },

  digest(it) {
    const all = it.payload.activities;
    const shown = all.slice(0, 200).map((activity) => text.cut(text.line(activity.message), 400));
    const count = all.length + (it.payload.more ?? 0);
    const rest = count - shown.length;
    const more = rest > 0 ? [`… and ${text.count(rest)} more`] : [];
    const subject = `${text.plural(count, 'activity', 'activities')} in Postern`;
    const when = `From ${it.payload.since} to ${it.payload.until}`;
    return letter(
      it,
      list(it.fields.to),
      `${it.test ? 'Test: ' : ''}${subject}`,
      [`${subject}. ${when}:`, '', ...[...shown, ...more].map((line) => `- ${line}`)],
      [
        paragraph(`${subject}. ${when}:`),
        `<ul>\n${[...shown, ...more].map((line) => `<li>${text.html(line)}</li>`).join('\n')}\n</ul>`,
      ],
      it,
    );
  },

  results(it) {
    const run = read.run(it);
    let to = recipients(it, run);
    // A test always has somebody to go to.
    if (it.test && to.length === 0) to = [it.fields.from];
    if (to.length === 0) return nothing('nobody is to be told of this run');
    const title = text.cut(text.line(run.title), 300);
    const where = [run.collection, run.environment].filter(Boolean).map((name) => text.cut(text.line(name), 200)).join(', with ');
    const failures = run.failures.slice(0, SHOWN).map((failure) => ({
      name: [failure.request, failure.test || failure.name].filter(Boolean).map((part) => text.cut(text.line(part), 200)).join(' › '),
      message: text.cut(text.line(failure.message), 500),
    }));
    const rest = run.failures.length - failures.length + run.more;
    const more = rest > 0 ? `… and ${text.count(rest)} more` : '';
    const streak = run.streak > 1 ? `It has failed ${text.count(run.streak)} times in a row.` : '';
    const lines = [`${title}: ${run.summary}.`];
    if (streak) lines.push(streak);
    if (where) lines.push(`Collection: ${where}`);
    for (const failure of failures) lines.push('', failure.name, `  ${failure.message}`);
    if (more) lines.push('', more);
    const blocks = [
      paragraph(title, `font-size:20px;font-weight:600;color:${run.failed ? '#b42318' : '#067647'}`),
      paragraph(`${run.summary}. ${streak}`.trim()),
      where ? paragraph(`Collection: ${where}`) : '',
      failures.length
        ? `<ul>\n${failures.map(({ name, message }) => `<li><b>${text.html(name)}</b><br>${text.html(message)}</li>`).join('\n')}\n</ul>`
        : '',
      more ? paragraph(more) : '',
    ].filter(Boolean);
    return letter(it, to, title, lines, blocks, { link: run.link, thread: text.slug(run.key) });
  },

  custom(it) {
    const event = read.custom(it);
    const json = text.cut(event.json, 20000);
    const subject = it.test ? 'Test: an event of your own' : event.type;
    const blocks = [paragraph(event.type), `<pre style="white-space:pre-wrap">${text.html(json)}</pre>`];
    return letter(it, list(it.fields.to), subject, [event.type, '', json], blocks, event);
  },

  trouble(it) {
    const trouble = read.trouble(it);
    const title = text.cut(text.line(trouble.title), 300);
    const message = text.cut(text.line(trouble.message), 2000);
    const blocks = [paragraph(title, 'font-size:20px;font-weight:600'), paragraph(message)];
    return letter(it, list(it.fields.to), title, [message], blocks, trouble);
  },
};
