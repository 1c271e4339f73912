// Cards v2. A text paragraph is HTML, so what people write is escaped; there is no mention in a card. A message may have 32,000 bytes: the lengths
// below keep it under 28,000 even if each character becomes `&quot;`.
const words = (value, max) => text.html(text.cut(text.line(value), max));
const paragraph = (html) => ({ textParagraph: { text: html } });
const title = (value, color) => paragraph(`<b><font color="${color}">${words(value, 200)}</font></b>`);
const open = (link) =>
  link ? [{ buttonList: { buttons: [{ text: 'Open in Postern', onClick: { openLink: { url: link } } }] } }] : [];

const RED = '#c5221f';
const GREEN = '#137333';
const AMBER = '#b06000';
const GREY = '#5f6368';
const SHOWN = 10;

const message = (it, summary, widgets, thread) => {
  const threaded = thread && it.fields.threads;
  const query = text.query({
    // Google answers a repeat with the message that is there already.
    requestId: it.event.id,
    messageReplyOption: threaded ? 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD' : undefined,
  });
  return {
    url: `${it.fields.url}&${query}`,
    body: {
      fallbackText: text.cut(text.line(summary), 300),
      cardsV2: [{ cardId: 'postern', card: { sections: [{ widgets }] } }],
      ...(threaded ? { thread: { threadKey: thread } } : {}),
    },
  };
};

const handlers = {
  activity(it) {
    const what = read.activity(it);
    const test = what.title && `${what.title}: `;
    return message(it, test + what.sentence, [
      paragraph(`${test && `<b>${test}</b>`}${words(what.sentence, 1200)}`),
      ...open(what.link),
    ]);
  },

  results(it) {
    const run = read.run(it);
    const failures = run.failures.slice(0, SHOWN).map((failure) => {
      const name = [failure.request, failure.test || failure.name].filter(Boolean).map((part) => words(part, 100)).join(' › ');
      return [`<b>${name}</b>`, words(failure.message, 150)].filter(Boolean).join('<br>');
    });
    const rest = run.failures.length - failures.length + run.more;
    if (rest > 0 && failures.length) failures.push(`… and ${text.count(rest)} more`);
    const where = [run.collection, run.environment].filter(Boolean).map((part) => words(part, 100)).join(' · ');
    return message(it, `${run.title}: ${run.summary}`, [
      title(run.title, run.failed ? RED : GREEN),
      paragraph([run.summary, run.history].filter(Boolean).join('<br>')),
      ...failures.map(paragraph),
      ...(where ? [paragraph(`<font color="${GREY}">${where}</font>`)] : []),
      ...open(run.link),
    ], run.key);
  },

  custom(it) {
    const event = read.custom(it);
    const name = `${it.test ? 'Test: ' : ''}${event.type}`;
    // HTML would make one space of many.
    const payload = text.html(text.cut(event.json, 1200)).replace(/^ +/gm, (indent) => '\u00a0'.repeat(indent.length));
    return message(it, name, [
      paragraph(`<b>${words(name, 150)}</b>`),
      paragraph(payload.replace(/\n/g, '<br>')),
      ...open(event.link),
    ]);
  },

  trouble(it) {
    const trouble = read.trouble(it);
    return message(it, trouble.title, [
      title(trouble.title, AMBER),
      paragraph(words(trouble.message, 1000)),
      ...open(trouble.link),
    ], trouble.key);
  },
};
