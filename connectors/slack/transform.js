// Block Kit messages. What people write stands in `rich_text` and `plain_text`, where nothing that is typed has a meaning. A link is a link
// and not a button: an app that only has a webhook can't acknowledge a click, and Slack would show a warning next to the button.
const span = (words, style) => ({ type: 'text', text: words, ...(style && { style }) });
const bold = (words) => span(words, { bold: true });
const emoji = (name) => ({ type: 'emoji', name });
const title = (words, link) => (link ? { type: 'link', url: link, text: words, style: { bold: true } } : bold(words));
const section = (...elements) => ({ type: 'rich_text_section', elements });
const bullets = (elements) => ({ type: 'rich_text_list', style: 'bullet', elements });
const code = (words) => ({ type: 'rich_text_preformatted', elements: [span(words)] });
const rich = (...elements) => ({ type: 'rich_text', elements });
const context = (words) => ({ type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] });

const escape = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
// Slack refuses a message whose blocks together have more than about 13,200 characters, its own escapes counted.
const size = (blocks) => escape(JSON.stringify(blocks)).replace(/[^ -~]/g, '\\u0000').length;
const ROOM = 8000;

// `text` is what notifications and screen readers tell; there, and nowhere else, Slack knows three marks.
const message = (it, summary, ...blocks) => ({
  url: it.fields.url,
  body: { text: escape(text.cut(text.line(summary), 300)), mrkdwn: false, blocks, unfurl_links: false, unfurl_media: false },
});

const failure = ({ name, message: words }) => section(bold(name), ...(words ? [span(`\n${words}`)] : []));

const failing = (run) => {
  const shown = [];
  for (const item of run.failures.map(failure)) {
    if (size([...shown, item]) > ROOM) break;
    shown.push(item);
  }
  const more = run.failures.length - shown.length + run.more;
  if (!shown.length) return [];
  return [bullets(shown), ...(more ? [section(span(`… and ${text.count(more)} more`, { italic: true }))] : [])];
};

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    const link = what.link ? [span('\n'), { type: 'link', url: what.link, text: 'Open in Postern' }] : [];
    return message(it, what.sentence, rich(section(span(what.sentence), ...link)));
  },

  results(it) {
    const run = chat.run(it);
    const mark = emoji(run.good ? 'large_green_circle' : 'red_circle');
    return message(it, `${run.title}: ${run.summary}`,
      rich(section(mark, span(' '), title(run.title, run.link), span(`\n${run.summary}`)), ...failing(run)),
      ...(run.where ? [context(run.where)] : []));
  },

  custom(it) {
    const event = chat.custom(it);
    return message(it, event.title, rich(section(bold(event.title)), code(text.cutBytes(event.json, 2000))));
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, trouble.title,
      rich(section(emoji('warning'), span(' '), title(trouble.title, trouble.link), span(`\n${trouble.message}`))));
  },
};
