// A run is told when it is over, so there is no signal "start": Healthchecks measures by its own clock, and would see a run of no time.
// A server of one's own keeps 10,000 bytes of a log. With more, its filter by keywords could meet half a character.
const LONGEST = 9000;

function* ping({ fields, link }, signal, { title, message }) {
  const log = [title, text.cutBytes(message, LONGEST), link].filter(Boolean).join('\n\n');
  const answer = yield {
    url: `${fields.url.replace(/\/+$/, '')}${signal}`,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: log,
  };
  // hc-ping.com answers 200 for what it does not take, too.
  const said = text.line(answer.text);
  if (/not found/i.test(said)) throw fail('there is no such check. Copy the ping URL again from its page.');
  if (/rate limited/i.test(said)) throw fail('the check was pinged more than 5 times in a minute, and this ping was not taken. Postern tries again later.');
  if (!/^(ok|created)\b/i.test(said)) throw fail('what answers at this address is not Healthchecks: perhaps a proxy that wants a sign-in');
}

const handlers = {
  results: (it) => ping(it, read.run(it).failed ? '/fail' : '', push.run(it, LONGEST)),
  // A line in the check's log, which does not change its status.
  test: (it) => ping(it, '/log', push.test(it)),
};
