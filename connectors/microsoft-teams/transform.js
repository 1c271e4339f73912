// Adaptive Cards 1.2. What people write stands in a TextRun, which knows no Markdown; only a TextBlock does, and there is none. A line of
// its own is a block of its own, for line breaks within a TextRun are not shown everywhere. A message may have 28 KB; the lengths below
// keep it under 24.
const said = (words, look = {}) => ({ type: 'TextRun', text: words, ...look });
const line = (words, look) => ({ type: 'RichTextBlock', inlines: [said(words, look)] });
const below = (words, look) => ({ ...line(words, look), spacing: 'None' });
const title = (words, color) => line(words, { size: 'Medium', weight: 'Bolder', color });

const message = (it, body, link) => ({
  url: it.fields.url,
  body: {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.2',
          msteams: { width: 'Full' },
          body,
          ...(link && { actions: [{ type: 'Action.OpenUrl', title: 'Open in Postern', url: link }] }),
        },
      },
    ],
  },
});

const SHOWN = 10;
const LINES = 20;

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    return message(it, [line(what.sentence)], what.link);
  },

  results(it) {
    const run = chat.run(it, SHOWN);
    const failures = run.failures.flatMap((failure) => [
      line(failure.name, { weight: 'Bolder' }),
      ...(failure.message ? [below(failure.message)] : []),
    ]);
    return message(it, [
      title(run.title, run.good ? 'Good' : 'Attention'),
      below(run.summary),
      ...failures,
      ...(run.more && failures.length ? [line(`… and ${text.count(run.more)} more`, { isSubtle: true })] : []),
      ...(run.where ? [line(run.where, { isSubtle: true })] : []),
    ], run.link);
  },

  custom(it) {
    const event = chat.custom(it);
    const lines = event.json.split('\n');
    // Spaces at the beginning are kept only where they can't break.
    const shown = lines.slice(0, LINES).map((words) => text.cut(words.replace(/^ +/, (indent) => '\u00a0'.repeat(indent.length)), 150));
    if (lines.length > LINES) shown.push(`… and ${text.count(lines.length - LINES)} more lines`);
    return message(it, [title(event.title, 'Default'), ...shown.map((words) => below(words, { fontType: 'Monospace' }))]);
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, [title(trouble.title, 'Warning'), below(trouble.message)], trouble.link);
  },
};
