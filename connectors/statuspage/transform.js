// The page is public: it shows the component's name, and nothing that a run found.
const call = ({ fields }, method, where, body) => ({
  method,
  url: `https://api.statuspage.io/v1/pages/${fields.page}/${where}`,
  headers: { authorization: `OAuth ${fields.apiKey}` },
  body,
});
const component = (it, method, status) => call(it, method, `components/${it.fields.component}`, status && { component: { status } });

const opened = ({ fields }, key, name) => ({
  name: `${text.cut(text.line(name), 200)} does not work as expected`,
  status: 'investigating',
  body: 'Automated checks of this component fail. We are looking into it.',
  component_ids: [fields.component],
  components: { [fields.component]: fields.status },
  deliver_notifications: fields.notify,
  // By this the incident is found again.
  metadata: { postern: { key } },
});
const resolved = ({ fields }) => ({
  status: 'resolved',
  body: 'Automated checks of this component pass again.',
  deliver_notifications: fields.notify,
});

const handlers = {
  *results(it) {
    const { key, failed } = read.run(it);
    const { fields } = it;
    const [before, after] = failed ? ['operational', fields.status] : [fields.status, 'operational'];

    const { json: found } = yield component(it, 'GET');
    if (!found?.status) throw fail('Statuspage did not say which status the component has');
    if (found.status !== before && found.status !== after) {
      return nothing(`the component's status is ${found.status.replace(/_/g, ' ')}, and Postern did not set it`);
    }
    if (found.status === before) yield component(it, 'PATCH', after);

    if (fields.incident) {
      const { json: unresolved } = yield call(it, 'GET', 'incidents/unresolved');
      if (!Array.isArray(unresolved)) throw fail('Statuspage did not list the unresolved incidents');
      const own = unresolved.find((incident) => incident.metadata?.postern?.key === key);
      if (failed && !own) yield call(it, 'POST', 'incidents', { incident: opened(it, key, found.name) });
      if (!failed && own) yield call(it, 'PATCH', `incidents/${path.part(own.id)}`, { incident: resolved(it) });
    }
  },

  // Writing what is there already shows that the key may write, and changes nothing that visitors see.
  *test(it) {
    const { json: found } = yield component(it, 'GET');
    if (!found?.status) throw fail('Statuspage did not say which status the component has');
    yield component(it, 'PATCH', found.status);
  },
};
