const PRIORITY = { loud: 10, normal: 5, quiet: 2 };

function* send({ fields, link }, { title, message, level }) {
  const answer = yield {
    url: web.under(fields.url, '/message'),
    headers: { 'x-gotify-key': fields.token },
    body: {
      title,
      message,
      priority: Math.min(PRIORITY[level], fields.priority),
      extras: {
        'client::display': { contentType: 'text/plain' },
        ...(link ? { 'client::notification': { click: { url: link } } } : {}),
      },
    },
  };
  if (!answer.json?.id) throw fail('what answers at this address is not Gotify: perhaps a proxy that wants a sign-in');
}

const handlers = {
  results: (it) => send(it, push.run(it, 2000)),
  trouble: (it) => send(it, push.trouble(it, 2000)),
  test: (it) => send(it, push.test(it)),
};
