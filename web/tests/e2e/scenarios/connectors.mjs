// From the catalogue to a message in a service of one's own: what is wrong is said at the fields, what the service refuses is explained.
import { receiver } from '../house.mjs';

const JSON_HEADERS = { 'content-type': 'application/json' };
/** As ntfy answers to a token that it doesn't know. */
const REFUSED = {
  status: 401,
  headers: JSON_HEADERS,
  body: '{"code":40101,"http":401,"error":"unauthorized"}',
};
/** As it answers to a message that it has taken. */
const MESSAGE = '{"id":"sPs71M8A2T","time":1795842000,"event":"message","topic":"alerts"}';
const TOKEN = 'tk_1234567890abcdef';

const NTFY = {
  name: 'a connector is found, filled in, refused by its service with the reason, and then it arrives',
  needs: ['furnished'],
  timeout: 180_000,
  allow: [/status of 400/],
  async run({ page, house, base, signIn, expect, until }) {
    let isOpen = false;
    const ntfy = await receiver(() =>
      isOpen ? { status: 200, headers: JSON_HEADERS, body: MESSAGE } : REFUSED,
    );
    await signIn(page);

    // Browse, search, filter.
    await page.goto(`${base}/integrations`);
    const main = page.getByRole('main');
    await main.getByRole('link', { name: /^PagerDuty/ }).waitFor();
    await page.getByRole('radio', { name: /^Chat/ }).check();
    await main.getByRole('link', { name: /^Slack/ }).waitFor();
    expect.equal(await main.getByRole('link', { name: /^PagerDuty/ }).count(), 0);
    await page.getByRole('radio', { name: /^All/ }).check();
    await page.keyboard.press('/');
    await page.keyboard.type('ntf');
    await main.getByRole('heading', { name: /^Found/ }).waitFor();
    expect.equal(
      await page.getByRole('searchbox').or(page.getByLabel('Search integrations')).inputValue(),
      'ntf',
    );
    await main.getByRole('link', { name: /^ntfy/ }).click();

    // Its page, and from there the form.
    await page.getByRole('heading', { level: 1, name: 'ntfy' }).waitFor();
    await page.getByRole('heading', { name: 'Set up ntfy' }).waitFor();
    await page.getByRole('link', { name: 'Add integration: Monitor run results' }).click();
    await page.getByRole('heading', { level: 1, name: 'Monitor run results' }).waitFor();
    const field = (name) => page.getByRole('textbox', { name: new RegExp(`^${name}`) });
    const add = page.getByRole('button', { name: 'Add integration' });
    await page.getByRole('radio', { name: /^After each failure/ }).waitFor();
    expect.ok(await page.getByRole('radio', { name: /^After each failure/ }).isChecked());

    // What is wrong is said at the field: by the browser…
    await field('Server').fill(`${ntfy.url}/alerts`);
    await field('Topic').fill('two words');
    await add.click();
    await page.getByText(/^It is the server's address alone/).waitFor();
    await page.getByText('It has letters, digits, - and _ only, at most 64 of them').waitFor();
    await field('Topic').fill('');
    await add.click();
    await page.getByText('It is missing').waitFor();
    await field('Server').fill(ntfy.url);
    await field('Topic').fill('alerts');
    await page.getByLabel('Access token', { exact: true }).fill(TOKEN);
    // …and by the server, as it says it: here of a field in which the browser finds nothing.
    const refuse = (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 400,
            json: {
              error: {
                name: 'invalidParamsError',
                message:
                  'integration.config.fields.topic: this one is taken; tags: it is at most 10 tags; of 50 characters',
                details: { param: 'integration.config.fields.topic' },
              },
            },
          })
        : route.continue();
    await page.route('**/api/integrations', refuse);
    await add.click();
    await page.getByText('This one is taken', { exact: true }).waitFor();
    await page.getByText('It is at most 10 tags; of 50 characters', { exact: true }).waitFor();
    await page.unroute('**/api/integrations', refuse);
    await field('Topic').fill('alerts');
    await field('Tags').fill('shop');
    await field('Name').fill('Phones on call');
    await add.click();

    // The service refuses, and why stands there in large, with what was asked.
    await page.getByRole('heading', { level: 1, name: 'Phones on call' }).waitFor();
    expect.equal(await page.getByText('Signing secret').count(), 0);
    await page.getByRole('button', { name: 'Send test' }).click();
    const answer = page.getByRole('status');
    await answer.getByText(/^ntfy says .*token.* wrong/).waitFor();
    await answer.getByText('401').first().waitFor();
    await answer.getByRole('button', { name: /POST/ }).click();
    await answer.getByText('"alerts"').waitFor();
    await answer.getByText('unauthorized').waitFor();
    expect.equal(await page.getByText(TOKEN).count(), 0);
    expect.equal(ntfy.seen[0].headers.authorization, `Bearer ${TOKEN}`);

    // Edited: the secret stays as it is unless it is replaced.
    await answer.getByRole('link', { name: 'Change the settings' }).click();
    await page.getByRole('button', { name: 'Replace: Access token' }).waitFor();
    expect.equal(await page.getByRole('tab', { name: 'Secret' }).count(), 0);
    expect.equal(await page.getByRole('tab', { name: 'Transform' }).count(), 0);
    await field('Tags').fill('shop, night');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved Phones on call').waitFor();
    const { integrations } = await house.call('GET', '/integrations?event=monitor_results');
    const { id, config, options } = integrations.find(({ name }) => name === 'Phones on call');
    expect.deepEqual(config.fields, {
      url: ntfy.url,
      topic: 'alerts',
      token: '••••••••',
      priority: '4',
      tags: 'shop, night',
    });
    expect.deepEqual([options.notify, options.order], ['failures', 'by_key']);

    // The first test is tried again by itself, so the second one waits for it, and comes.
    isOpen = true;
    await page.getByRole('button', { name: 'Send test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Arrived', { exact: true }).waitFor({ timeout: 60_000 });
    await dialog.getByRole('button', { name: /POST/ }).waitFor();
    expect.equal(ntfy.seen.at(-1).headers.authorization, `Bearer ${TOKEN}`);
    await dialog.getByRole('button', { name: 'Done' }).click();

    // Replaced.
    await page.getByRole('button', { name: 'Replace: Access token' }).click();
    await page.getByLabel('Access token', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It begins with tk_').waitFor();
    await page.getByLabel('Access token', { exact: true }).fill('tk_another');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Replace: Access token' }).waitFor();
    await page.getByRole('button', { name: 'Send test' }).click();
    await dialog.getByText('Arrived', { exact: true }).waitFor({ timeout: 60_000 });
    await until('the new token', () => ntfy.seen.at(-1).headers.authorization === 'Bearer tk_another');
    await dialog.getByRole('button', { name: 'Done' }).click();

    // The table, and the connector's page.
    await page.goto(`${base}/integrations?tab=configured&connector=ntfy`);
    const row = page.getByRole('row', { name: /Phones on call/ });
    await row.getByText('ntfy', { exact: false }).first().waitFor();
    await row.getByText(`${ntfy.url} · alerts`).waitFor();
    expect.equal(await page.getByRole('link', { name: 'Nightly mirror' }).count(), 0);
    await page.goto(`${base}/integrations/connectors/ntfy`);
    await page.getByRole('link', { name: 'Phones on call' }).waitFor();
    await house.call('DELETE', `/integrations/${id}`);
    await ntfy.close();
  },
};

const WEBDAV = {
  name: 'what a connector asks in several steps is shown step by step, and a purpose leads to it',
  needs: ['furnished'],
  async run({ page, house, made, base, signIn, expect }) {
    const cloud = await receiver(({ method }) => ({ status: method === 'PUT' ? 201 : 204 }));
    await signIn(page);
    await page.goto(`${base}/integrations`);
    await page.getByRole('link', { name: /^Keep every version elsewhere/ }).click();
    await page.getByRole('note', { name: 'What you want to do' }).waitFor();
    const main = page.getByRole('main');
    expect.equal(await main.getByRole('link', { name: /^Slack/ }).count(), 0);
    await page.goto(`${base}/integrations?event=collection_backup&collection=${made.stock}`);
    await main.getByRole('link', { name: /^WebDAV/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Back up a collection' }).waitFor();
    expect.equal(await page.getByRole('combobox', { name: 'Collection' }).inputValue(), 'Stock API');
    await page.getByRole('textbox', { name: 'Name' }).fill('Stock in our cloud');
    await page.getByRole('textbox', { name: /Folder/ }).fill(`${cloud.url}/dav`);
    await page.getByRole('textbox', { name: 'User', exact: false }).fill('mia');
    await page.getByLabel(/^Password/).fill('s3cr3t of mia');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText('Arrived', { exact: true }).waitFor();
    await page
      .getByRole('list', { name: 'Requests' })
      .getByRole('button', { name: /DELETE/ })
      .waitFor();

    await page.getByRole('link', { name: 'See the delivery' }).click();
    const detail = page.getByRole('region', { name: 'Delivery', exact: true });
    await detail.getByText(/^DELETE http/).waitFor();
    await detail.getByRole('combobox', { name: 'Request of the attempt' }).click();
    await page.getByRole('option', { name: /^1 of 2: PUT/ }).click();
    await detail.getByText(/^PUT http/).waitFor();
    await detail.getByText('<the file>').waitFor();
    await detail.getByRole('tab', { name: /Attempts/ }).click();
    const asked = detail.getByRole('list', { name: 'Requests of attempt 1' });
    expect.equal(await asked.getByRole('listitem').count(), 2);
    await asked.getByRole('button').first().click();
    await detail.getByRole('tab', { name: /Response/, selected: true }).waitFor();
    await detail.getByText('WebDAV answered 201 Created.').waitFor();
    expect.equal(await page.getByText('s3cr3t').count(), 0);
    const { integrations } = await house.call('GET', '/integrations?event=collection_backup');
    const { id } = integrations.find(({ name }) => name === 'Stock in our cloud');
    await house.call('DELETE', `/integrations/${id}`);
    await cloud.close();
  },
};

const PRESET = {
  name: 'a preset leads to the webhook’s form with its own address, and is signed',
  needs: ['furnished'],
  async run({ page, house, base, signIn, expect }) {
    await signIn(page);
    await page.goto(`${base}/integrations/connectors/zapier`);
    await page.getByRole('link', { name: 'Add integration: Events of your own' }).click();
    const url = page.getByRole('textbox', { name: /Webhook URL/ });
    await url.fill('https://example.com/hook');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('It begins with https://hooks.zapier.com/hooks/catch/').waitFor();
    await url.fill('https://hooks.zapier.com/hooks/catch/1/2/');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Copy it now.').waitFor();
    const { integrations } = await house.call('GET', '/integrations?event=custom');
    const { id, options } = integrations.find(({ connector }) => connector === 'zapier');
    expect.deepEqual([options.payload, options.signatures], ['detailed', ['x-hub-signature-256']]);
    await house.call('DELETE', `/integrations/${id}`);
  },
};

export default [NTFY, WEBDAV, PRESET];
