const login = ({ token, user, password }) => {
  if (token) return { authorization: `Bearer ${token}` };
  return user ? { authorization: `Basic ${crypto.base64(`${user}:${password ?? ''}`)}` } : {};
};

// Published to the server's root: only there may the title and tags be of any script.
const notification = (it, tag, title, words, priority) => ({
  url: it.fields.url.replace(/\/*$/, '/'),
  headers: login(it.fields),
  body: {
    topic: it.fields.topic,
    // Since ntfy 2.16 a repeat takes the place of the notification, without a sound. Older servers ignore it.
    sequence_id: it.event.id,
    title: text.cut(text.line(title), 200),
    message: words,
    priority: Math.min(priority, Number(it.fields.priority)),
    tags: [tag, ...(it.fields.tags ?? '').split(',').map((own) => own.trim()).filter(Boolean)],
    ...(it.link ? { click: it.link } : {}),
  },
});

// A message of more than 4,096 bytes would become a file, and phones get about 4,000 with everything around it.
const BYTES = 2000;
const [URGENT, DEFAULT, LOW] = [5, 3, 2];

const handlers = {
  results(it) {
    const run = read.run(it);
    const words = plain.run(it, BYTES, text.bytes);
    const priority = run.failed ? URGENT : run.recovered ? DEFAULT : LOW;
    return notification(it, run.failed ? 'red_circle' : 'green_circle', chat.run(it).title, words, priority);
  },

  trouble(it) {
    const trouble = read.trouble(it);
    return notification(it, 'warning', trouble.title, text.cutBytes(text.line(trouble.message), BYTES), URGENT);
  },

  test(it) {
    const test = plain.test(it);
    return notification(it, 'test_tube', test.title, test.message, DEFAULT);
  },
};
