// A message with plain text for notifications, and HTML. The event's id is the transaction's: a homeserver posts it once, however often it
// is sent. `m.mentions` is empty, so that nothing in the text pings anybody. What is no trouble is a notice, which makes no noise.
const said = (words) => text.html(chat.quiet(words));
const link = (words, address) => (address ? `<a href="${text.html(address)}">${said(words)}</a>` : said(words));

const message = (noisy, lines, html) => ({
  msgtype: noisy ? 'm.text' : 'm.notice',
  body: lines.filter(Boolean).join('\n'),
  format: 'org.matrix.custom.html',
  formatted_body: html,
  'm.mentions': {},
});

function* post(it, body) {
  const api = web.under(it.fields.url, '/_matrix/client/v3');
  const headers = { authorization: `Bearer ${it.fields.token}` };
  let room = it.fields.room;
  if (room.startsWith('#')) {
    const found = yield { method: 'GET', url: `${api}/directory/room/${path.part(room)}`, headers };
    room = found.json?.room_id;
    if (!room) throw fail('there is no Matrix homeserver at this address');
  }
  const send = { method: 'PUT', url: `${api}/rooms/${path.part(room)}/send/m.room.message/${it.event.id}`, headers, body };
  let sent = yield { ...send, accepts: [403] };
  if (sent.status === 403) {
    // An invitation may wait to be accepted.
    yield { url: `${api}/join/${path.part(room)}`, headers, body: {} };
    sent = yield send;
  }
  if (!sent.json?.event_id) throw fail('there is no Matrix homeserver at this address');
}

const handlers = {
  activity(it) {
    const what = chat.activity(it);
    const open = what.link ? `<br>${link('Open in Postern', what.link)}` : '';
    return post(it, message(false, [what.sentence, what.link], `${said(what.sentence)}${open}`));
  },

  results(it) {
    const run = chat.run(it);
    const rest = run.more && run.failures.length ? `… and ${text.count(run.more)} more` : '';
    const items = run.failures.map(({ name, message: words }) => `<b>${said(name)}</b>${words ? `<br>${said(words)}` : ''}`);
    const list = [...items, rest].filter(Boolean).map((item) => `<li>${item}</li>`).join('');
    return post(it, message(
      !run.good,
      [`${run.mark} ${run.title}`, run.summary, ...run.failures.map(({ name }) => `- ${name}`), rest, run.where, run.link],
      [
        `${run.mark} <b>${link(run.title, run.link)}</b><br>${run.summary}`,
        list ? `<ul>${list}</ul>` : run.where && '<br>',
        run.where && `<i>${said(run.where)}</i>`,
      ].join(''),
    ));
  },

  custom(it) {
    const event = chat.custom(it);
    const json = text.cut(event.json, 4000);
    return post(it, message(
      false,
      [event.title, json],
      `<b>${said(event.title)}</b><pre><code class="language-json">${text.html(json)}</code></pre>`,
    ));
  },

  trouble(it) {
    const trouble = chat.trouble(it);
    return post(it, message(
      true,
      [`${trouble.mark} ${trouble.title}`, trouble.message, trouble.link],
      `${trouble.mark} <b>${link(trouble.title, trouble.link)}</b><br>${said(trouble.message)}`,
    ));
  },
};
