const api = 'https://api.pushover.net/1';
const [EMERGENCY, NORMAL, LOW] = [2, 0, -1];

const message = ({ fields, link }, key, title, words, atMost) => {
  const priority = Math.min(atMost, Number(fields.priority));
  return {
    url: `${api}/messages.json`,
    body: {
      token: fields.token,
      user: fields.user,
      ...(fields.device ? { device: fields.device } : {}),
      title: text.cut(text.line(title), 250),
      message: words,
      priority,
      ...(priority === EMERGENCY ? { retry: fields.retry, expire: fields.expire, tags: key } : {}),
      ...(link && link.length <= 512 ? { url: link, url_title: 'Open in Postern' } : {}),
    },
  };
};

// Ends the repeats of what was told before. Also before the next emergency, so that one at a time rings, and a retry makes no second one.
const hush = ({ fields }, key) => ({ url: `${api}/receipts/cancel_by_tag/${path.part(key)}.json`, body: { token: fields.token }, accepts: [404] });

function* send(it, key, title, words, atMost) {
  if (Number(it.fields.priority) === EMERGENCY) yield hush(it, key);
  const { json } = yield message(it, key, title, words, atMost);
  if (json && json.status !== 1) throw fail(`Pushover refused the message: ${(json.errors ?? []).join(', ') || 'it does not say why'}`);
  if (/no active devices/.test(json?.info ?? '')) throw fail('Pushover has no active device to send to: sign in on one, or correct the devices');
}

const handlers = {
  results(it) {
    const run = read.run(it);
    return send(it, run.key, chat.run(it).title, plain.run(it, 1024), run.failed ? EMERGENCY : run.recovered ? NORMAL : LOW);
  },

  trouble(it) {
    const { key, title, message: words } = read.trouble(it);
    return send(it, key, title, text.cut(text.line(words), 1024), EMERGENCY);
  },

  test(it) {
    const test = plain.test(it);
    return message(it, test.key, test.title, test.message, NORMAL);
  },
};
