const message = (it, title, words, priority) => ({
  url: `${it.fields.url.replace(/\/+$/, '')}/message`,
  headers: { 'x-gotify-key': it.fields.token },
  body: {
    title: text.cut(text.line(title), 250),
    message: words,
    priority: Math.min(priority, it.fields.priority),
    extras: {
      'client::display': { contentType: 'text/plain' },
      ...(it.link ? { 'client::notification': { click: { url: it.link } } } : {}),
    },
  },
});

const [URGENT, AUDIBLE, QUIET] = [10, 5, 2];

const handlers = {
  results(it) {
    const run = read.run(it);
    return message(it, chat.run(it).title, plain.run(it, 2000), run.failed ? URGENT : run.recovered ? AUDIBLE : QUIET);
  },

  trouble(it) {
    const trouble = read.trouble(it);
    return message(it, trouble.title, text.cut(text.line(trouble.message), 2000), URGENT);
  },

  test(it) {
    const test = plain.test(it);
    return message(it, test.title, test.message, AUDIBLE);
  },
};
