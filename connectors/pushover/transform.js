const api = 'https://api.pushover.net/1';
const PRIORITY = { loud: 2, normal: 0, quiet: -1 };
const EMERGENCY = PRIORITY.loud;

const notification = ({ fields, link }, { key, title, message, level }) => {
  const priority = Math.min(PRIORITY[level], Number(fields.priority));
  return {
    url: `${api}/messages.json`,
    body: {
      token: fields.token,
      user: fields.user,
      ...(fields.device ? { device: fields.device } : {}),
      title,
      message,
      priority,
      ...(priority === EMERGENCY ? { retry: fields.retry, expire: fields.expire, tags: key } : {}),
      ...(link && link.length <= 512 ? { url: link, url_title: 'Open in Postern' } : {}),
    },
  };
};

// Ends the repeats of what was told before. Also before the next emergency, so that one at a time rings, and a retry makes no second one.
const hush = ({ fields }, { key }) => ({
  url: `${api}/receipts/cancel_by_tag/${path.part(key)}.json`,
  body: { token: fields.token },
  accepts: [404],
});

function* send(it, what) {
  if (Number(it.fields.priority) === EMERGENCY) yield hush(it, what);
  const { json } = yield notification(it, what);
  if (json?.status !== 1) throw fail(`Pushover refused the message: ${(json?.errors ?? []).join(', ') || 'it does not say why'}`);
  if (/no active devices/.test(json.info ?? '')) {
    throw fail('Pushover has no active device to send to: sign in on one, or correct the devices');
  }
}

const handlers = {
  results: (it) => send(it, push.run(it, 1024)),
  trouble: (it) => send(it, push.trouble(it, 1024)),
  test: (it) => send(it, push.test(it)),
};
