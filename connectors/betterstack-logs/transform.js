const handlers = {
  *results(it) {
    const { host, token } = it.fields;
    const answer = yield {
      url: `https://${host}/`,
      headers: { authorization: `Bearer ${token}` },
      body: {
        dt: new Date(metrics.at(it)).toISOString(),
        level: read.run(it).failed ? 'error' : 'info',
        ...metrics.record(it),
      },
    };
    if (web.isPage(answer)) throw fail('the host answered with a web page: is it the ingesting host?');
  },
};
