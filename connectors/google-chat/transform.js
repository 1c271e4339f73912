// Cards v2. A text paragraph is HTML, so what people write is escaped; there is no mention in a card. A message may have 32,000 bytes: the
// lengths below keep it under that even if each character becomes `&quot;`.
const paragraph = (html) => ({ textParagraph: { text: html } });
const bold = (words) => `<b>${text.html(words)}</b>`;
const colored = (html, color) => `<font color="${color}">${html}</font>`;
const open = (link) =>
  link ? [{ buttonList: { buttons: [{ text: 'Open in Postern', onClick: { openLink: { url: link } } }] } }] : [];

const SHOWN = 8;

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
      fallbackText: text.cut(summary, 300),
      cardsV2: [{ cardId: 'postern', card: { sections: [{ widgets }] } }],
      ...(threaded && { thread: { threadKey: thread } }),
    },
  };
};

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    return message(it, what.sentence, [paragraph(text.html(what.sentence)), ...open(what.link)]);
  },

  results(it) {
    const run = chat.run(it, SHOWN);
    const failures = run.failures.map((failure) => [bold(failure.name), text.html(failure.message)].filter(Boolean).join('<br>'));
    if (run.more && failures.length) failures.push(`… and ${text.count(run.more)} more`);
    return message(it, `${run.title}: ${run.summary}`, [
      paragraph(`${colored(bold(run.title), run.color)}<br>${text.html(run.summary)}`),
      ...failures.map(paragraph),
      ...(run.where ? [paragraph(colored(text.html(run.where), chat.grey))] : []),
      ...open(run.link),
    ], read.run(it).key);
  },

  custom(it) {
    const event = chat.custom(it);
    // HTML would make one space of many.
    const payload = text.html(text.cut(event.json, 1200)).replace(/^ +/gm, (indent) => '\u00a0'.repeat(indent.length));
    return message(it, event.title, [paragraph(bold(event.title)), paragraph(payload.replace(/\n/g, '<br>'))]);
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, trouble.title, [
      paragraph(`${colored(bold(trouble.title), trouble.color)}<br>${text.html(trouble.message)}`),
      ...open(trouble.link),
    ], read.trouble(it).key);
  },
};
