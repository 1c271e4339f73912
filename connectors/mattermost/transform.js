// One attachment with a colour. Mattermost reads its text as Markdown, but before that it reads `<!channel>`, `<@id>` and `<address|words>`
// as Slack would: so a `<` is an entity, and in code, which shows no entities, it is parted from what would follow.
const said = (value) => chat.markdown(value, /[\\`*_[\]~]/g).replace(/</g, '&lt;');
const code = (value) => value.replace(/<(?=[!@])/g, '<\u200b').replace(/<[^]*/, (rest) => rest.replace(/\|/g, '∣'));
const headline = (mark, title, link) => `${mark} **${link ? `[${said(title)}](${link})` : said(title)}**`;
const message = (it, attachment) => ({ url: it.fields.url, body: { attachments: [attachment] } });

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    const link = what.link ? `\n[Open in Postern](${what.link})` : '';
    return message(it, { fallback: what.sentence, color: chat.grey, text: `\u200b${said(what.sentence)}${link}` });
  },

  results(it) {
    const run = chat.run(it);
    const failures = run.failures.map(({ name, message: words }) => `- **${said(name)}**${words ? `\n  ${said(words)}` : ''}`);
    return message(it, {
      fallback: `${run.title}: ${run.summary}`,
      color: run.color,
      text: [headline(run.mark, run.title, run.link), run.summary, '', ...chat.lines(failures, run.more, 12_000)].join('\n').trimEnd(),
      ...(run.where && { footer: run.where }),
    });
  },

  custom(it) {
    const event = chat.custom(it);
    return message(it, {
      fallback: event.title,
      color: chat.grey,
      text: `${headline('', event.title)}\n${chat.block(code(text.cut(event.json, 4000)), 'json')}`.trimStart(),
    });
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return message(it, {
      fallback: `${trouble.title}: ${trouble.message}`,
      color: trouble.color,
      text: `${headline(trouble.mark, trouble.title, trouble.link)}\n${said(trouble.message)}`,
    });
  },
};
