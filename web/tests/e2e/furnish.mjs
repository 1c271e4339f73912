// A team that has worked for a while: what pictures, axe and a person who looks around want to see.
import { receiver } from './house.mjs';

/** An admin, an editor and a viewer. */
export const PERSON = { email: 'ada@example.com', password: 'correct horse battery', fullName: 'Ada Osei' };
export const BO = { email: 'bo@example.com', password: 'another long password', fullName: 'Bo Lindqvist' };
export const CHIDI = {
  email: 'chidi@example.com',
  password: 'yet another password',
  fullName: 'Chidi Mwangi',
};

/** Fills a house. Answers what was made; `close` ends the receivers. */
export async function furnish(house, { runs = 14 } = {}) {
  let shaky = 0;
  const shop = await receiver(({ path }) => {
    if (path.startsWith('/v1/pay') && shaky > 0) return json(503, { error: 'payment provider is down' }, 120);
    if (path.startsWith('/v1/cart'))
      return json(
        200,
        { id: 'cart-7', items: [{ sku: 'B-12', count: 2 }], total: 31.8 },
        20 + Math.random() * 60,
      );
    if (path.startsWith('/v1/orders'))
      return json(201, { id: 'o-1204', state: 'open' }, 40 + Math.random() * 50);
    if (path.startsWith('/v1/pay')) return json(200, { paid: true }, 60 + Math.random() * 80);
    if (path.startsWith('/v1/stock'))
      return json(
        200,
        Array.from({ length: 12 }, (_, n) => ({ sku: `B-${n}`, count: n * 3 })),
        15,
      );
    return json(404, { error: 'no such place' });
  });
  const sinks = await receiver(({ path }) => {
    if (path.startsWith('/oncall'))
      return {
        status: 503,
        headers: { 'content-type': 'application/json' },
        body: '{"status":"unavailable","message":"queue is full"}',
      };
    if (path.startsWith('/slow')) return { status: 202, delayMs: 900, body: 'accepted' };
    if (path.startsWith('/gone')) return { status: 404, body: 'no such hook' };
    return { status: 204 };
  });

  await member(house, PERSON, 'admin');
  await member(house, BO, 'editor');
  await member(house, CHIDI, 'viewer');
  await house.call('POST', '/invitations', { invitation: { role: 'viewer', email: 'dana@example.com' } });

  const { workspaces } = await house.call('GET', '/workspaces');
  const workspace = workspaces[0].id;
  const make = (document) =>
    house.call('POST', `/collections?workspace=${workspace}`, { collection: document });
  const checkout = (await make(checkoutApi())).collection.uid;
  const orders = (await make(ordersApi())).collection.uid;
  const stock = (await make(stockApi())).collection.uid;
  const environment = async (name, values) =>
    (await house.call('POST', `/environments?workspace=${workspace}`, { environment: { name, values } }))
      .environment.uid;
  const production = await environment('Production', [
    { key: 'base', value: shop.url, type: 'default', enabled: true },
    { key: 'token', value: 's3cr3t-of-production', type: 'secret', enabled: true },
  ]);
  const staging = await environment('Staging', [
    { key: 'base', value: shop.url, type: 'default', enabled: true },
    { key: 'token', value: 's3cr3t-of-staging', type: 'secret', enabled: true },
    { key: 'verbose', value: 'true', type: 'default', enabled: false },
  ]);

  const monitor = async (name, collection, cron, more = {}) =>
    (
      await house.call('POST', `/monitors?workspace=${workspace}`, {
        monitor: {
          name,
          collection,
          environment: production,
          schedule: { cron, timezone: 'Europe/Berlin' },
          ...more,
        },
      })
    ).monitor.uid;
  const smoke = await monitor('Checkout smoke', checkout, '*/5 * * * *', { options: { keepBodies: true } });
  const nightly = await monitor('Orders nightly', orders, '0 3 * * *');
  const hourly = await monitor('Stock hourly', stock, '0 * * * *', { environment: staging });
  const paused = await monitor('Checkout on staging', checkout, '*/30 8-18 * * 1-5', {
    environment: staging,
    active: false,
  });

  const integration = async (fields) =>
    (await house.call('POST', '/integrations', { integration: { connector: 'webhooks', ...fields } }))
      .integration.id;
  const integrations = {
    backup: await integration({
      name: 'Nightly mirror',
      event: 'collection_backup',
      collection: checkout,
      config: { url: `${sinks.url}/mirror` },
    }),
    activity: await integration({
      name: 'Checkout changes',
      event: 'collection_activity',
      collection: checkout,
      config: { url: `${sinks.url}/slow/changes` },
    }),
    team: await integration({
      name: 'Team feed → #api-guild',
      event: 'team_activity',
      config: { url: `${sinks.url}/guild` },
    }),
    oncall: await integration({
      name: 'Checkout monitor → on-call',
      event: 'monitor_results',
      monitor: smoke,
      config: { url: `${sinks.url}/oncall/v2/enqueue` },
      options: { notify: 'failures', from: 3, limit: 1 },
    }),
    results: await integration({
      name: 'Results to the dashboard',
      event: 'monitor_results',
      monitor: smoke,
      config: { url: `${sinks.url}/dash` },
    }),
    gone: await integration({
      name: 'Old dashboard',
      event: 'monitor_results',
      monitor: hourly,
      config: { url: `${sinks.url}/gone` },
    }),
    paused: await integration({
      name: 'Orders backup to the bucket',
      event: 'collection_backup',
      collection: orders,
      config: { url: `${sinks.url}/bucket` },
    }),
  };
  await house.call('POST', `/integrations/${integrations.paused}/pause`, {});

  // A few days of work, in a few seconds.
  const folder = await house.call('POST', `/collections/${checkout}/folders`, { name: 'Refunds' });
  await house.call('POST', `/collections/${checkout}/requests?folder=${folder.data.id}`, {
    name: 'Refund a payment',
    method: 'POST',
    url: '{{base}}/v1/pay/refund',
  });
  const renamed = await house.call('GET', `/collections/${checkout}`);
  renamed.collection.info.description =
    'What the shop does between the cart and the money.\n\n**Owner:** payments team.';
  renamed.collection.item[0].item[0].name = 'Get the cart';
  await house.call('PUT', `/collections/${checkout}`, { collection: renamed.collection });
  const mended = await house.call('GET', `/collections/${checkout}`);
  mended.collection.item[1].item[0].request.header = [{ key: 'Idempotency-Key', value: '{{$guid}}' }];
  mended.collection.item.push({ name: 'Health', request: { method: 'GET', url: '{{base}}/v1/cart/health' } });
  await house.call('PUT', `/collections/${checkout}`, { collection: mended.collection });
  const again = await house.call('GET', `/collections/${orders}`);
  again.collection.info.description = 'Orders, as the warehouse sees them.';
  await house.call('PUT', `/collections/${orders}`, { collection: again.collection });
  await house.call('POST', '/events', {
    event: { type: 'build.finished', payload: { build: 812, commit: '4be1f0a', passed: true } },
  });

  const run = (uid) => house.call('POST', `/monitors/${uid}/run`, {});
  for (let at = 0; at < runs; at += 1) {
    shaky = at >= runs - 7 && at < runs - 3 ? 1 : 0;
    await run(smoke);
    if (at % 4 === 0) await run(hourly);
  }
  await run(nightly);

  const close = () => Promise.all([shop.close(), sinks.close()]);
  const setShaky = (on) => void (shaky = on ? 1 : 0);
  return {
    workspace,
    checkout,
    orders,
    stock,
    production,
    staging,
    smoke,
    nightly,
    hourly,
    paused,
    integrations,
    shop,
    sinks,
    run,
    setShaky,
    close,
  };
}

/** Lets somebody into the team by an invitation, as people come in. */
export async function member(house, person, role) {
  const { invitation } = await house.call('POST', '/invitations', {
    invitation: { role, email: person.email },
  });
  const token = invitation.link.split('/').at(-1);
  const response = await fetch(`${house.url}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, fullName: person.fullName, password: person.password }),
  });
  if (!response.ok) throw new Error(`accept: ${response.status} ${await response.text()}`);
}

const json = (status, value, delayMs = 0) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
  delayMs,
});

export const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const script = (listen, ...exec) => ({ listen, script: { type: 'text/javascript', exec } });
const ok = (status = 200) =>
  script(
    'test',
    `pm.test("Status code is ${status}", () => pm.response.to.have.status(${status}));`,
    'pm.test("Response time is below 600 ms", () => pm.expect(pm.response.responseTime).to.be.below(600));',
    'console.log("answered in", pm.response.responseTime, "ms");',
  );

const checkoutApi = () => ({
  info: {
    name: 'Checkout API',
    schema: SCHEMA,
    description: 'What the shop does between the cart and the money.',
  },
  variable: [{ key: 'currency', value: 'EUR' }],
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  item: [
    {
      name: 'Cart',
      description: 'A cart belongs to a visitor and lives for a day.',
      item: [
        {
          name: 'Get cart',
          event: [
            ok(),
            script('prerequest', 'pm.variables.set("visitor", pm.variables.replaceIn("{{$guid}}"));'),
          ],
          request: {
            method: 'GET',
            url: {
              raw: '{{base}}/v1/cart?visitor={{visitor}}',
              host: ['{{base}}'],
              path: ['v1', 'cart'],
              query: [{ key: 'visitor', value: '{{visitor}}', description: 'Whose cart it is' }],
            },
            header: [{ key: 'Accept', value: 'application/json' }],
            description: 'Gives the cart with its items. An empty cart is **not** an error.',
          },
          response: [
            {
              name: 'A cart with one item',
              originalRequest: { method: 'GET', url: '{{base}}/v1/cart' },
              status: 'OK',
              code: 200,
              header: [{ key: 'Content-Type', value: 'application/json' }],
              body: '{"id":"cart-7","items":[{"sku":"B-12","count":2}],"total":31.8}',
            },
          ],
        },
        {
          name: 'Add an item',
          event: [ok()],
          request: {
            method: 'PUT',
            url: '{{base}}/v1/cart/items',
            body: {
              mode: 'raw',
              raw: '{\n  "sku": "B-12",\n  "count": 2\n}',
              options: { raw: { language: 'json' } },
            },
          },
        },
      ],
    },
    {
      name: 'Payment',
      item: [
        {
          name: 'Pay',
          event: [ok()],
          request: {
            method: 'POST',
            url: '{{base}}/v1/pay',
            body: { mode: 'raw', raw: '{"cart": "cart-7", "currency": "{{currency}}"}' },
          },
        },
        {
          name: 'Place order',
          event: [ok(201)],
          request: {
            method: 'POST',
            url: '{{base}}/v1/orders',
            body: { mode: 'urlencoded', urlencoded: [{ key: 'cart', value: 'cart-7' }] },
          },
        },
      ],
    },
  ],
});
const ordersApi = () => ({
  info: { name: 'Orders API', schema: SCHEMA },
  item: [
    {
      name: 'List orders',
      event: [ok(201)],
      request: { method: 'GET', url: '{{base}}/v1/orders?state=open' },
    },
    {
      name: 'Cancel an order',
      event: [ok(201)],
      request: { method: 'DELETE', url: '{{base}}/v1/orders/o-1204' },
    },
  ],
});
const stockApi = () => ({
  info: { name: 'Stock API', schema: SCHEMA },
  item: [
    { name: 'Stock of all shelves', event: [ok()], request: { method: 'GET', url: '{{base}}/v1/stock' } },
  ],
});
