// One attachment with a colour. Its title is plain text; its text is Markdown, read by one parser in the web app and another on phones. So
// marks that both know stand behind backslashes, and what makes links is parted by an invisible space.
const said = (value) => chat.markdown(value, /[\\`*_~]/g).replace(/[\]<]/g, '$&\u200b');

function* post(it, attachment) {
  const answer = yield { url: it.fields.url, body: { attachments: [attachment], parseUrls: false } };
  // Rocket.Chat answers any wrong address with its web app and 200.
  if (!answer.json) throw fail('there is no webhook at this address: check its host and path');
  if (answer.json.success === false) throw fail(`Rocket.Chat did not post it: ${text.cut(text.line(answer.json.error), 200)}`);
}

const titled = (title, link) => ({ title, ...(link && { title_link: link }) });

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    const link = what.link ? `\n\n[Open in Postern](${what.link})` : '';
    return post(it, { color: chat.grey, text: `\u200b${said(what.sentence)}${link}` });
  },

  results(it) {
    const run = chat.run(it);
    const failures = run.failures.map(({ name, message }) => `- **${said(name)}**${message ? `: ${said(message)}` : ''}`);
    const list = chat.lines(failures, run.more, 8000).join('\n');
    const where = run.where && `\u200b${said(run.where)}`;
    return post(it, {
      color: run.color,
      ...titled(`${run.mark} ${run.title}`, run.link),
      text: [run.summary, list, where].filter(Boolean).join('\n\n'),
    });
  },

  custom(it) {
    const event = chat.custom(it);
    return post(it, { color: chat.grey, ...titled(event.title), text: chat.block(text.cut(event.json, 4000), 'json') });
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return post(it, {
      color: trouble.color,
      ...titled(`${trouble.mark} ${trouble.title}`, trouble.link),
      text: `\u200b${said(trouble.message)}`,
    });
  },
};
