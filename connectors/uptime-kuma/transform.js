// All stands in the address, of which many proxies take 4 to 8 kB: a message of 600 bytes is 1,800 letters there at most.
const LONGEST = 600;
// Uptime Kuma hands the message on to Slack, Telegram, Discord, … as it is.
const said = (words) => incident.unmarked(incident.plain(words));

function* beat(it, status, msg, ping) {
  const answer = yield {
    method: 'GET',
    url: `${it.fields.url.replace(/\/*(\?.*)?$/, '')}?${text.query({ status, msg, ping })}`,
  };
  if (answer.json?.ok !== true) throw fail('what answers at this address is not Uptime Kuma: perhaps a proxy that wants a sign-in');
}

const handlers = {
  results(it) {
    const run = chat.run(it, 3);
    const { requestCount, totalLatency } = read.run(it).metrics;
    const ping = requestCount ? Math.round(totalLatency / requestCount) || undefined : undefined;
    const words = [`${run.title}: ${run.summary}`, ...run.failures.map(({ name, message }) => (message ? `${name}: ${message}` : name))];
    if (run.failures.length && run.more) words.push(`… and ${text.count(run.more)} more`);
    const msg = text.cutBytes(said(words.join(' • ')), LONGEST);
    return beat(it, run.good ? 'up' : 'down', run.good || !run.link ? msg : `${msg} ${run.link}`, ping);
  },

  // Each heartbeat counts. This one says up, so that nobody is woken.
  test(it) {
    const { title, message } = push.test(it);
    return beat(it, 'up', said(`${title}: ${message}`));
  },
};
