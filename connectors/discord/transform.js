// One embed with a colour. Its title and its description are Markdown, its footer is plain text. Nothing in an embed pings anybody, and
// `allowed_mentions` forbids it.
const said = (value) => chat.markdown(value, /[\\`*_[\]<>~|]/g);
// A title in Markdown can be twice as long as its words, and an ellipsis must not come between a backslash and its mark.
const title = (words) => {
  for (let max = 150; ; max -= 10) {
    const made = said(text.cut(words, max));
    if (made.length <= 256) return made;
  }
};

const message = (it, embed) => ({
  url: `${it.fields.url}?${text.query({ wait: true, thread_id: it.fields.thread })}`,
  body: { embeds: [{ ...embed, timestamp: it.event.at }], allowed_mentions: { parse: [] } },
});
const color = (value) => parseInt(value.slice(1), 16);
const linked = (words, link) => ({ title: title(words), ...(link && { url: link }) });

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    const link = what.link ? `\n[Open in Postern](${what.link})` : '';
    return message(it, { description: `\u200b${said(what.sentence)}${link}`, color: color(chat.grey) });
  },

  results(it) {
    const run = chat.run(it);
    const failures = run.failures.map(({ name, message: words }) => `- **${said(name)}**${words ? `\n  ${said(words)}` : ''}`);
    return message(it, {
      ...linked(`${run.mark} ${run.title}`, run.link),
      description: [run.summary, ...chat.lines(failures, run.more, 3800)].join('\n'),
      color: color(run.color),
      ...(run.where && { footer: { text: run.where } }),
    });
  },

  custom(it) {
    const event = chat.custom(it);
    return message(it, { ...linked(event.title), description: chat.block(text.cut(event.json, 1900), 'json'), color: color(chat.grey) });
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, {
      ...linked(`${trouble.mark} ${trouble.title}`, trouble.link),
      description: `\u200b${said(trouble.message)}`,
      color: color(trouble.color),
    });
  },
};
