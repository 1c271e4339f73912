// Run now from the page; the third failure in a row is told once, and so is the first success after it.
import { receiver, until } from '../house.mjs';

export default {
  name: 'monitor: run now appears live, three failures are told once, the first success once',
  needs: ['furnished'],
  async run({ page, house, made, signIn, base, expect }) {
    const chosen = await receiver(() => ({ status: 204 }));
    const every = await receiver(() => ({ status: 204 }));
    const integrate = (name, url, options) =>
      house.call('POST', '/integrations', {
        integration: {
          connector: 'webhooks',
          name,
          event: 'monitor_results',
          monitor: made.smoke,
          config: { url },
          options,
        },
      });
    try {
      made.setShaky(false);
      await made.run(made.smoke);
      await integrate('Three in a row', chosen.url, { notify: 'failures', from: 3, limit: 1 });
      await integrate('Every run', every.url);
      await signIn(page);
      await page.goto(`${base}/monitors/${made.smoke}`);
      const selected = page.getByRole('region', { name: 'Selected run' });
      const runNow = async (result) => {
        const before = page.url();
        await page.getByRole('button', { name: 'Run now' }).click();
        await until('the new run is selected', () => page.url() !== before);
        await selected.getByText(result, { exact: true }).waitFor();
      };

      made.setShaky(true);
      for (let at = 1; at <= 4; at += 1) await runNow('Failure');
      await page.getByText('Failing, 4 in a row').waitFor();
      made.setShaky(false);
      await runNow('Success');
      await page.getByText('Healthy').waitFor();

      await until('every run is told', () => every.seen.length >= 5);
      await until('two are told', () => chosen.seen.length === 2);
      const failed = chosen.seen.map(({ text }) => JSON.parse(text).metrics.failedTests);
      expect.ok(failed[0] > 0);
      expect.equal(failed[1], 0);

      await page.getByRole('tab', { name: 'Webhooks sent' }).click();
      await selected.getByRole('link', { name: 'Three in a row' }).waitFor();
    } finally {
      made.setShaky(false);
      await chosen.close();
      await every.close();
    }
  },
};
