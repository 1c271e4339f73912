// The default templates put what they get into Markdown (web) and into Slack's markup as it is.
const tell = ({ fields }, what) => ({
  // Without the last slash the server finds nothing.
  url: fields.url.replace(/\/*$/, '/'),
  body: {
    alert_uid: what.key,
    title: incident.unmarked(incident.title(what, 200)),
    state: what.open ? 'alerting' : 'ok',
    message: incident.text(what, 2500, incident.unmarked),
    ...(what.link && what.link.length <= 500 ? { link_to_upstream_details: what.link } : {}),
  },
});

const handlers = {
  results(it) {
    const what = incident.run(it);
    // One that closes nothing would open a new alert group.
    return what.open || what.recovered ? tell(it, what) : nothing('the monitor passed before, too: there is no alert to resolve');
  },

  trouble: (it) => tell(it, incident.trouble(it)),

  test: (it) => incident.test(it).map((what) => tell(it, what)),
};
