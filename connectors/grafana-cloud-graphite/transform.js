// A tag's value has no semicolon, and doesn't begin with a tilde.
const tag = ([name, value]) => `${name}=${value.replace(/;/g, ',').replace(/^~+/, '') || 'none'}`;

const handlers = {
  // A point of the same name, tags and time takes the other's place: a retry writes nothing new.
  *results(it) {
    const { url, user, token, interval } = it.fields;
    const tags = Object.entries(metrics.tags(it)).map(tag);
    const answer = yield {
      url: `${url.replace(/(\/metrics)?\/*$/, '')}/metrics`,
      headers: { authorization: web.basic(user, token), 'content-type': 'application/json' },
      body: metrics.points(it).map(({ name, value }) => ({
        name, interval, value, tags, mtype: 'gauge', time: Math.floor(metrics.at(it) / 1000),
      })),
    };
    if (web.isPage(answer)) throw fail('the address answered with a web page: is it right?');
    const { Invalid = 0, ValidationErrors = {} } = answer.json ?? {};
    const why = text.cut(Object.keys(ValidationErrors).join(', '), 300) || 'it does not say why';
    if (Invalid > 0) throw fail(`Grafana refused ${text.plural(Invalid, 'point')}: ${why}`);
  },
};
