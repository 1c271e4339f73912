// REST endpoint. A recovery without an open incident would be one more line in the timeline, so a run that passes sends one only
// after failures.
const message = (it, what) => ({
  url: `https://alert.victorops.com/integrations/generic/20131114/alert/${it.fields.apiKey}/${path.part(it.fields.routingKey)}`,
  body: {
    message_type: what.open ? it.fields.severity : 'RECOVERY',
    entity_id: what.key,
    entity_display_name: incident.title(what, 250),
    state_message: incident.text(what, 10_000),
    timestamp: Math.floor(what.at / 1000),
    monitoring_tool: 'Postern',
    ...what.facts,
    ...(what.link ? { 'vo_annotate.u.Open in Postern': what.link } : {}),
  },
});

function* send(it, ...all) {
  for (const what of all) {
    const answer = yield message(it, what);
    if (answer.json?.result === 'failure') throw fail(`the message was refused: ${text.cut(text.line(answer.json.message), 300)}`);
  }
}

const handlers = {
  results(it) {
    const what = incident.run(it);
    return what.open || what.recovered ? send(it, what) : nothing('the monitor has no open incident');
  },
  trouble: (it) => send(it, incident.trouble(it)),
  test: (it) => send(it, ...incident.test(it)),
};
