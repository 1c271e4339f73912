// Every page of the app, with something real to show.

/** What of a page has no need to be loaded before it can be used: a slow or broken API doesn't concern it. */
const STILL = { still: true };

/** The routes of a furnished house; those with `door` are seen by who is not signed in. */
export async function routesOf(house, made) {
  const { runs } = await house.call('GET', `/monitors/${made.smoke}/runs?limit=1`);
  const { deliveries } = await house.call('GET', '/deliveries?limit=1');
  const inbox = await inboxOf(house);
  const push = await pushOf(house, made);
  const { invitation } = await house.call('POST', '/invitations', { invitation: { role: 'viewer' } });
  const run = runs[0].info.jobId;
  const route = (name, path, more) => ({ name, path, ...more });
  return [
    route('login', '/login', { door: true }),
    route('invite', `/invite/${invitation.link.split('/').at(-1)}`, { door: true }),
    route('integrations', '/integrations'),
    route('integrations-purpose', '/integrations?event=monitor_results&notify=failures'),
    route('integrations-configured', '/integrations?tab=configured'),
    route('webhooks', '/integrations/webhooks', STILL),
    route('add-integration', '/integrations/webhooks/add/monitor_results'),
    route('connector', '/integrations/connectors/ntfy'),
    route('add-connector', '/integrations/connectors/ntfy/add/monitor_results'),
    route('add-preset', '/integrations/connectors/zapier/add/custom'),
    route('integration', `/integrations/${made.integrations.oncall}`),
    route('integration-connector', `/integrations/${push.id}?tab=settings`),
    route('deliveries', '/deliveries'),
    route('delivery', `/deliveries/${deliveries[0].id}`),
    route('delivery-steps', `/deliveries/${push.delivery}`),
    route('inboxes', '/inbox'),
    route('inbox', `/inbox/${inbox.id}`),
    route('collections', '/collections'),
    route('collection', `/collections/${made.checkout}`),
    route('changelog', `/collections/${made.checkout}/changelog`),
    route('environments', '/environments'),
    route('environment', `/environments/${made.production}`),
    route('monitors', '/monitors'),
    route('new-monitor', '/monitors/new'),
    route('monitor', `/monitors/${made.smoke}`),
    route('edit-monitor', `/monitors/${made.smoke}/edit`),
    route('run', `/monitors/${made.smoke}/runs/${run}`),
    route('activity', '/activity'),
    route('team', '/team'),
    route('keys', '/keys'),
    route('account', '/account', STILL),
    route('settings', '/settings'),
    route('not-found', '/nowhere', STILL),
  ];
}

/** An inbox with something in it. */
async function inboxOf(house) {
  const { inboxes } = await house.call('GET', '/inboxes');
  if (inboxes[0]) return inboxes[0];
  const { inbox } = await house.call('POST', '/inboxes', { inbox: { name: 'Orders, tried out' } });
  const headers = { 'content-type': 'application/json', 'postern-event': 'monitor_results' };
  await fetch(inbox.url, { method: 'POST', headers, body: '{"passed":12,"failed":0}' });
  await fetch(`${inbox.url}/upload.png?of=7`, { method: 'PUT', body: new Uint8Array(3000).fill(200) });
  return inbox;
}

/** An integration with a connector, whose service refuses what it is asked. */
async function pushOf(house, made) {
  const { integrations } = await house.call('GET', '/integrations');
  const known = integrations.find(({ connector }) => connector === 'webdav');
  const { id } = known ?? (await newPush(house, made));
  const { deliveries } = await house.call('GET', `/integrations/${id}/deliveries?limit=1`);
  return { id, delivery: deliveries[0].id };
}

async function newPush(house, made) {
  const { integration } = await house.call('POST', '/integrations', {
    integration: {
      name: 'Stock in the cloud',
      connector: 'webdav',
      event: 'collection_backup',
      collection: made.stock,
      config: { fields: { url: `${made.sinks.url}/dav`, user: 'mia', password: 's3cr3t' } },
    },
  });
  await house.call('POST', `/integrations/${integration.id}/test`, {});
  return integration;
}

/** Waits until a page is all there: its title, nothing that still loads, and the letters. */
export async function settled(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ends = (it) => Number.isFinite(it.effect?.getComputedTiming().endTime);
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map((it) => it.finished),
    );
  });
}

/** Goes to a route and waits until it is all there; what is in the way goes into `wrong`. */
export async function visit(page, base, { name, path }, wrong) {
  try {
    await page.goto(`${base}${path}`);
    await settled(page);
    return true;
  } catch (error) {
    wrong.push(`${name}: ${error.message.split('\n')[0]}`);
    return false;
  }
}
