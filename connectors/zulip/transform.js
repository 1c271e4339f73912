// Zulip's Markdown has no backslash: what could have a meaning stands as code, where nothing has one.
const MARKS = /[*`~@#$[\]<>|\\]|:(?=\/\/|\w)|www(?=\.)/i;
const said = (words) => (MARKS.test(words) ? `\`${words.replace(/`/g, "'")}\`` : words);
const linked = (words, link) => {
  if (!link) return said(words);
  return MARKS.test(words) ? `${said(words)} ([open](${link}))` : `[${words}](${link})`;
};

function* post(it, topic, content) {
  const api = web.under(it.fields.url, '/api/v1/messages');
  const headers = { authorization: web.basic(it.fields.email, it.fields.apiKey) };
  const subject = text.cut(text.line(it.fields.topic || topic), 60);
  if (it.attempt > 1) {
    // Zulip has no key that drops repeats, so look whether an earlier attempt arrived after all.
    const where = { stream: it.fields.channel, topic: subject, sender: it.fields.email };
    const narrow = JSON.stringify(Object.entries(where).map(([operator, operand]) => ({ operator, operand })));
    const query = text.query({ anchor: 'newest', num_before: 50, num_after: 0, apply_markdown: false, narrow });
    const found = yield { method: 'GET', url: `${api}?${query}`, headers, accepts: [400, 401, 403] };
    const same = (message) => message.content === content && message.timestamp * 1000 >= it.event.ms - 5000;
    if (found.json?.messages?.some(same)) return nothing('an earlier attempt has posted it already');
  }
  const sent = yield {
    url: api,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: text.query({ type: 'stream', to: it.fields.channel, topic: subject, content }),
  };
  if (sent.json?.result !== 'success') throw fail('there is no Zulip at this address');
}

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    return post(it, read.activity(it).collection || 'Team', `\u200b${said(what.sentence)}${what.link && ` ([open](${what.link}))`}`);
  },

  results(it) {
    const run = chat.run(it);
    const failures = run.failures.map(({ name, message }) => `- **${said(name)}**${message ? `\n  ${said(message)}` : ''}`);
    return post(it, read.run(it).monitor, [
      `${run.mark} **${linked(run.title, run.link)}**`,
      run.summary,
      ...(failures.length ? ['', ...chat.lines(failures, run.more, 8000)] : []),
      ...(run.where ? ['', said(run.where)] : []),
    ].join('\n'));
  },

  custom(it) {
    const event = chat.custom(it);
    return post(it, read.custom(it).type, `**${said(event.title)}**\n${chat.block(text.cut(event.json, 4000), 'json')}`);
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return post(it, 'Integrations', `${trouble.mark} **${linked(trouble.title, trouble.link)}**\n\u200b${said(trouble.message)}`);
  },
};
