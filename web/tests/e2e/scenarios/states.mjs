// What a page shows while the API is slow, when it fails, and when the device is offline (study §6, 17).
import { routesOf, settled } from '../routes.mjs';

/** Who is signed in and what has changed are no page's affair. */
const OTHERS = /\/api\/(session|stream)(\?|$)/;
const ANSWER = { error: { name: 'serverError', message: 'the database is away' } };

export default [
  {
    name: 'a slow API shows the outline of each page, then the page',
    needs: ['furnished'],
    timeout: 300_000,
    async run({ page, house, made, base, signIn, expect }) {
      await signIn(page);
      const wrong = [];
      for (const { name, path, door, still } of await routesOf(house, made)) {
        if (door || still) continue;
        let release;
        const held = new Promise((done) => (release = done));
        await page.route('**/api/**', async (route) => {
          if (!OTHERS.test(route.request().url())) await held;
          await route.continue().catch(() => undefined);
        });
        await page.goto(`${base}${path}`);
        const outline = page.locator('#main').getByRole('status', { name: 'Loading' }).first();
        await outline.waitFor().catch(() => wrong.push(`${name}: no outline`));
        release();
        await settled(page).catch(() => wrong.push(`${name}: did not come`));
        await page.unroute('**/api/**');
      }
      expect.deepEqual(wrong, []);
    },
  },
  {
    name: 'what fails says so, and works when it is tried again',
    needs: ['furnished'],
    allow: [/status of 500/],
    timeout: 300_000,
    async run({ page, house, made, base, signIn, expect, until }) {
      await signIn(page);
      const wrong = [];
      for (const { name, path, door, still } of await routesOf(house, made)) {
        if (door || still) continue;
        await page.route('**/api/**', (route) =>
          OTHERS.test(route.request().url())
            ? route.continue()
            : route.fulfill({ status: 500, json: ANSWER }),
        );
        await page.goto(`${base}${path}`);
        const alerts = page.getByRole('alert').filter({ hasText: 'Could not load' });
        try {
          await alerts.first().waitFor();
          expect.match(await alerts.first().innerText(), /The database is away\./);
          await page.unroute('**/api/**');
          await until(`${name} to work again`, async () => {
            const again = page.getByRole('button', { name: 'Try again' });
            if ((await again.count()) > 0) await again.first().click({ timeout: 1000 });
            return (await alerts.count()) === 0;
          });
          await settled(page);
        } catch (error) {
          wrong.push(`${name}: ${error.message.split('\n')[0]}`);
          await page.unroute('**/api/**');
        }
      }
      expect.deepEqual(wrong, []);
    },
  },
  {
    name: 'offline is shown once and calmly, and is over when it is over',
    needs: ['furnished'],
    allow: [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/, /net::ERR/],
    async run({ page, base, signIn, expect }) {
      await signIn(page);
      for (const path of ['/deliveries', '/activity']) {
        await page.goto(`${base}${path}`);
        await settled(page);
      }
      await page.getByRole('img', { name: /^Live/ }).waitFor();
      const rows = await page.getByRole('main').innerText();
      await page.context().setOffline(true);
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await page.getByRole('button', { name: 'Switch colour scheme' }).click();
      expect.ok((await page.getByRole('alert').count()) <= 1);
      expect.equal((await page.getByRole('main').innerText()).split('\n')[0], rows.split('\n')[0]);
      await page.context().setOffline(false);
      await page.getByRole('img', { name: /^Live/ }).waitFor({ timeout: 30_000 });
    },
  },
];
