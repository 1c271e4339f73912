// Webex's Markdown: what people write stands behind backslashes, and `<` as an entity, so that it is no mention and no tag.
const said = (value) => chat.markdown(value, /[\\`*_[\]~]/g).replace(/</g, '&lt;');
// At the beginning of a line an invisible space keeps `#`, `-` and `1.` from meaning something.
const line = (value) => `\u200b${said(value)}`;
const open = (link) => (link ? [`[Open in Postern](${link})`] : []);
// A message may have 7,439 bytes.
const ROOM = 6500;

// An empty line between pieces: a single line break is none in Markdown.
const message = (it, ...pieces) => ({ url: it.fields.url, body: { markdown: pieces.join('\n\n') } });

const failing = (run) => {
  const shown = [];
  let room = ROOM - text.bytes(said(run.title) + said(run.where));
  for (const { name, message: words } of run.failures) {
    const item = `- **${said(name)}**${words ? `: ${said(words)}` : ''}`;
    room -= text.bytes(item) + 1;
    if (room < 0) break;
    shown.push(item);
  }
  const more = run.failures.length - shown.length + run.more;
  if (!shown.length) return [];
  return [shown.join('\n'), ...(more ? [`… and ${text.count(more)} more`] : [])];
};

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    return message(it, line(what.sentence), ...open(what.link));
  },

  results(it) {
    const run = chat.run(it);
    return message(it,
      `${run.mark} **${said(run.title)}**`,
      run.summary,
      ...failing(run),
      ...(run.where ? [line(run.where)] : []),
      ...open(run.link));
  },

  custom(it) {
    const event = chat.custom(it);
    return message(it, `**${said(event.title)}**`, chat.block(text.cutBytes(event.json, 4000).replace(/<@/g, '<\u200b@'), 'json'));
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, `${trouble.mark} **${said(trouble.title)}**`, line(trouble.message), ...open(trouble.link));
  },
};
