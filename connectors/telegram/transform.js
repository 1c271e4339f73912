// The text is plain and its looks stand beside it as entities, so nothing that people write is markup. Telegram makes links of names, tags
// and addresses by itself: not in code, and elsewhere not if a word joiner (which nobody sees) comes between.
const said = (value) => value.replace(/[@#$/.:](?=\S)/g, '$&\u2060');
const bold = (words) => ({ words, type: 'bold' });
const open = (link) => (link ? ['\n\n', { words: 'Open in Postern', type: 'text_link', url: link }] : []);

const message = (it, loud, ...pieces) => {
  let whole = '';
  const entities = [];
  for (const piece of pieces) {
    const { words, ...look } = typeof piece === 'string' ? { words: piece } : piece;
    // Both count UTF-16, as JavaScript does.
    if (look.type) entities.push({ ...look, offset: whole.length, length: words.length });
    whole += words;
  }
  const { chat: id, topic, sound } = it.fields;
  return {
    url: `https://api.telegram.org/bot${it.fields.token}/sendMessage`,
    body: {
      chat_id: id,
      ...(topic !== undefined && { message_thread_id: topic }),
      text: whole,
      entities,
      link_preview_options: { is_disabled: true },
      disable_notification: !(sound === 'always' || (sound === 'failures' && loud)),
    },
  };
};

// A message may have 4,096 characters.
const SHOWN = 6;

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    return message(it, false, said(what.sentence), ...open(what.link));
  },

  results(it) {
    const run = chat.run(it, SHOWN);
    const failures = run.failures.flatMap((failure) => [
      '\n\n',
      bold(text.cut(said(failure.name), 140)),
      ...(failure.message ? ['\n', { words: text.cut(failure.message, 120), type: 'code' }] : []),
    ]);
    if (run.more && failures.length) failures.push(`\n\n… and ${text.count(run.more)} more`);
    return message(it, !run.good || read.run(it).recovered,
      `${run.mark} `,
      bold(said(run.title)),
      `\n${run.summary}`,
      ...failures,
      ...(run.where ? [`\n\n${text.cut(said(run.where), 140)}`] : []),
      ...open(run.link));
  },

  custom(it) {
    const event = chat.custom(it);
    return message(it, false, bold(said(event.title)), '\n', { words: text.cut(event.json, 1200), type: 'pre', language: 'json' });
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, true, `${trouble.mark} `, bold(said(trouble.title)), `\n${said(trouble.message)}`, ...open(trouble.link));
  },
};
