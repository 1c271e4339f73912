const PRIORITY = { loud: 5, normal: 3, quiet: 2 };
// ntfy shows these names as emoji.
const MARK = { bad: 'red_circle', good: 'green_circle', warning: 'warning', test: 'test_tube' };
// In bytes it can be three times as many. One of more than 4,096 would become a file, and phones get about 4,000 with everything around it.
const LONGEST = 1000;

const login = ({ token, user, password }) => {
  if (token) return { authorization: `Bearer ${token}` };
  return user ? { authorization: web.basic(user, password) } : {};
};

// Published to the server's root: only there may the title and tags be of any script.
function* send({ fields, event, link }, { title, message, level, mark }) {
  const answer = yield {
    url: fields.url.replace(/\/*$/, '/'),
    headers: login(fields),
    body: {
      topic: fields.topic,
      // Since ntfy 2.16 a repeat takes the place of the notification, without a sound. Older servers ignore it.
      sequence_id: event.id,
      title,
      message,
      priority: Math.min(PRIORITY[level], Number(fields.priority)),
      tags: [MARK[mark], ...(fields.tags ?? '').split(',').map((tag) => tag.trim()).filter(Boolean)],
      ...(link ? { click: link } : {}),
    },
  };
  if (!answer.json?.id) throw fail('what answers at this address is not ntfy: perhaps a proxy that wants a sign-in');
}

const handlers = {
  results: (it) => send(it, push.run(it, LONGEST)),
  trouble: (it) => send(it, push.trouble(it, LONGEST)),
  test: (it) => send(it, push.test(it)),
};
