// What comes in shows by itself, also when the server was gone in between (study §6, 6).
import { channel } from '../publish.mjs';

export default {
  name: 'a delivery appears by itself, and nothing is missed over a restart',
  needs: ['furnished'],
  timeout: 120_000,
  allow: [/ERR_|Failed to load resource|EventSource/],
  async run({ page, house, base, signIn, expect, until }) {
    const live = await channel(house, { name: 'Live receiver', type: 'live.news' });
    await signIn(page);
    await page.goto(`${base}/deliveries?integration=${live.id}`);
    await page.getByText('No deliveries match').waitFor();
    await page.getByRole('img', { name: /^Live/ }).waitFor();
    await page.evaluate(() => (window.notReloaded = true));
    const rows = page.getByRole('row', { name: /live\.news/ });
    const shown = (count) => until(`${count} rows`, async () => (await rows.count()) === count);

    await live.publish({ number: 1 });
    await shown(1);
    await page.getByRole('status').filter({ hasText: '1 new delivery' }).waitFor();

    await house.kill();
    await page.getByRole('img', { name: /^Reconnecting/ }).waitFor();
    await house.start();
    await live.publish({ number: 2 });
    await page.getByRole('img', { name: /^Live/ }).waitFor({ timeout: 40_000 });
    await shown(2);

    // Who has chosen one is not disturbed.
    await rows.last().click();
    await page.waitForURL(/[?&]id=/);
    await live.publish({ number: 3 });
    await page.getByRole('button', { name: '1 new', exact: true }).click();
    await shown(3);
    expect.equal(await page.evaluate(() => window.notReloaded), true);
    await live.sink.close();
  },
};
