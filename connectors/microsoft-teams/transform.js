// Adaptive Cards 1.2. What people write stands in a TextRun, which knows no Markdown; only a TextBlock does, and there is none. A line of its own is a
// block of its own, for line breaks within a TextRun are not shown everywhere. A message may have 28 KB; the lengths below keep it under 20.
const words = (value, max) => text.cut(text.line(value), max);
const said = (value, look = {}) => ({ type: 'TextRun', text: value, ...look });
const line = (...inlines) => ({ type: 'RichTextBlock', inlines });
const below = (block) => ({ ...block, spacing: 'None' });
const bold = { weight: 'Bolder' };
const subtle = { isSubtle: true };

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
          ...(link ? { actions: [{ type: 'Action.OpenUrl', title: 'Open in Postern', url: link }] } : {}),
        },
      },
    ],
  },
});
const title = (value, color) => line(said(words(value, 200), { size: 'Medium', ...bold, color }));

const SHOWN = 10;
const LINES = 20;

const handlers = {
  activity(it) {
    const what = read.activity(it);
    const test = what.title ? [said(`${what.title}: `, bold)] : [];
    return message(it, [line(...test, said(words(what.sentence, 1200)))], what.link);
  },

  results(it) {
    const run = read.run(it);
    const failures = run.failures.slice(0, SHOWN).flatMap((failure) => [
      line(said([failure.request, failure.test || failure.name].filter(Boolean).map((part) => words(part, 100)).join(' › '), bold)),
      ...(failure.message ? [below(line(said(words(failure.message, 150))))] : []),
    ]);
    const rest = run.failures.length - SHOWN + run.more;
    const more = run.failures.length && rest > 0 ? [line(said(`… and ${text.count(rest)} more`, subtle))] : [];
    const where = [run.collection, run.environment].filter(Boolean).map((part) => words(part, 100)).join(' · ');
    return message(it, [
      title(run.title, run.failed ? 'Attention' : 'Good'),
      below(line(said(run.summary + (run.history && `. ${run.history}`)))),
      ...failures,
      ...more,
      ...(where ? [line(said(where, subtle))] : []),
    ], run.link);
  },

  custom(it) {
    const event = read.custom(it);
    const lines = event.json.split('\n');
    // Spaces at the beginning are kept only where they can't break.
    const shown = lines.slice(0, LINES).map((one) => text.cut(one.replace(/^ +/, (indent) => '\u00a0'.repeat(indent.length)), 150));
    if (lines.length > LINES) shown.push(`… and ${text.count(lines.length - LINES)} more lines`);
    return message(it, [
      title(`${it.test ? 'Test: ' : ''}${event.type}`, 'Default'),
      ...shown.map((one) => below(line(said(one, { fontType: 'Monospace' })))),
    ], event.link);
  },

  trouble(it) {
    const trouble = read.trouble(it);
    return message(it, [title(trouble.title, 'Warning'), below(line(said(words(trouble.message, 1000))))], trouble.link);
  },
};
