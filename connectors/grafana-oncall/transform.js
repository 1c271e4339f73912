// The default templates put what they get into Markdown (web) and into Slack's markup as it is, so what both take for markup is written with marks
// that look alike, and with an invisible space.
const shown = (value) => value.replace(/</g, '‹').replace(/>/g, '›').replace(/\](?=[([])/g, ']\u200b');

const alert = (it, key, title, message) => ({
  // Without the last slash the server finds nothing.
  url: it.fields.url.replace(/\/*$/, '/'),
  body: {
    alert_uid: key,
    title: shown(text.cut(text.line(title), 200)),
    state: 'alerting',
    message: shown(message),
    ...(it.link && it.link.length <= 500 ? { link_to_upstream_details: it.link } : {}),
  },
});
const closed = (request) => ({ ...request, body: { ...request.body, state: 'ok' } });

const handlers = {
  results(it) {
    const run = read.run(it);
    // One that closes nothing would open a new alert group.
    if (!run.failed && !run.recovered) return nothing('the monitor passed before, too: there is no alert to resolve');
    const told = alert(it, run.key, chat.run(it).title, plain.run(it, 2500));
    return run.failed ? told : closed(told);
  },

  trouble(it) {
    const { key, title, message } = read.trouble(it);
    return alert(it, key, title, text.cut(text.line(message), 2500));
  },

  test(it) {
    const { key, title, message } = plain.test(it);
    const told = alert(it, key, title, message);
    return [told, closed(told)];
  },
};
