// The seed's whole story, by somebody who never opens a terminal: from the first link to what a viewer can't do.
import { receiver } from '../house.mjs';
import { inviteViewer, join, makeIntegration, makeMonitor, nameRequest, shopCollection } from '../story.mjs';

export default {
  name: 'from an empty server to backups, feeds, alerts, a restored version and a viewer, all in the browser',
  needs: ['empty'],
  allow: [/403/],
  timeout: 300_000,
  async run({ page, newPage, house, base, expect, until }) {
    let isDown = false;
    const shop = await receiver(() => ({ status: isDown ? 503 : 200, body: '{"open":true}' }));
    try {
      // First set-up, by the link that the server printed.
      await page.goto(house.link());
      await page.getByLabel('Your name').fill('Mia Ahlgren');
      await page.getByLabel('E-mail').fill('mia@example.com');
      await page.getByLabel('Password', { exact: true }).fill('a few good words');
      await page.getByLabel('Team name').fill('Book shop');
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('heading', { name: 'You are in' }).waitFor();

      // A collection comes in as a file.
      await page.goto(`${base}/collections`);
      await page.getByRole('button', { name: 'Import' }).first().click();
      const importing = page.getByRole('dialog', { name: 'Import' });
      const buffer = Buffer.from(JSON.stringify(shopCollection(shop.url)));
      const file = { name: 'shop.json', mimeType: 'application/json', buffer };
      await importing.getByLabel('Files to import').setInputFiles([file]);
      await importing.getByRole('link', { name: 'Book shop API' }).click();
      await page.getByRole('heading', { level: 1, name: 'Book shop API' }).waitFor();
      const collection = new URL(page.url()).pathname;

      // A receiver in one click.
      await page.goto(`${base}/inbox`);
      await page.getByRole('button', { name: 'New inbox' }).first().click();
      await page.getByText('Waiting for the first request').waitFor();
      const inbox = page.url();
      await page.getByRole('button', { name: 'Copy URL' }).click();
      const url = await page.evaluate(() => navigator.clipboard.readText());
      const arrived = async () => {
        const id = new URL(inbox).pathname.split('/').at(-1);
        return (await house.call('GET', `/inboxes/${id}/requests?limit=100`)).requests;
      };
      const count = async (kind) => (await arrived()).filter(({ event }) => event === kind).length;

      // A monitor, and the four integrations.
      const monitor = await makeMonitor(page, base, { name: 'Shop smoke', collection: 'Book shop API' });
      await makeIntegration(page, base, {
        kind: 'collection_backup',
        name: 'Backup',
        url,
        target: ['Collection', 'Book shop API'],
      });
      await makeIntegration(page, base, {
        kind: 'collection_activity',
        name: 'Changes',
        url,
        target: ['Collection', 'Book shop API'],
      });
      await makeIntegration(page, base, { kind: 'team_activity', name: 'Team feed', url });
      await makeIntegration(page, base, {
        kind: 'monitor_results',
        name: 'Alerts',
        url,
        target: ['Monitor', 'Shop smoke'],
        notify: 'After three failures',
      });
      await until('the first backup', async () => (await count('collection_backup')) === 1);

      // A change: a backup and both feeds, seen in the inbox, each signed as it should be.
      await page.goto(`${base}${collection}`);
      await nameRequest(page, 'Is it open', 'Are we open');
      await until(
        'backup and feeds',
        async () => (await count('collection_backup')) === 2 && (await count('collection_activity')) === 1,
      );
      await page.goto(inbox);
      const list = page.getByRole('region', { name: 'List of requests' });
      await list
        .getByRole('link', { name: /Collection activity/ })
        .first()
        .click();
      await page
        .getByRole('region', { name: 'Request', exact: true })
        .getByText(/renamed the request Is it open to Are we open/)
        .waitFor();
      for (const { event, signature } of await arrived()) expect.equal(signature.verdict, 'valid', event);

      // Three failures are one alert, and what is mended is one recovery.
      isDown = true;
      await page.goto(`${base}${monitor}`);
      const runNow = async (result) => {
        const before = page.url();
        await page.getByRole('button', { name: 'Run now' }).click();
        await until('the new run is selected', () => page.url() !== before);
        await page.getByRole('region', { name: 'Selected run' }).getByText(result, { exact: true }).waitFor();
      };
      for (let at = 0; at < 3; at += 1) await runNow('Failure');
      await until('one alert', async () => (await count('monitor_results')) === 1);
      isDown = false;
      await runNow('Success');
      await until('one recovery', async () => (await count('monitor_results')) === 2);

      // Once more, please.
      await page.goto(`${base}/deliveries?event=monitor_results`);
      await page
        .getByRole('row', { name: /Alerts/ })
        .first()
        .click();
      const detail = page.getByRole('region', { name: 'Delivery', exact: true });
      await detail.getByRole('button', { name: 'Redeliver' }).click();
      await until('it comes again', async () => (await count('monitor_results')) === 3);
      const [last, before] = (await arrived()).filter(({ event }) => event === 'monitor_results');
      expect.equal(last.webhookId, before.webhookId, 'the same event');

      // A new secret: what is sent afterwards still holds.
      await page.goto(`${base}/integrations?tab=configured`);
      await page.getByRole('link', { name: 'Team feed' }).click();
      await page.getByRole('tab', { name: 'Secret' }).click();
      await page.getByRole('button', { name: 'New secret' }).click();
      await page.getByRole('button', { name: 'Replace the secret' }).click();
      await page.getByText(/Both sign for another/).waitFor();

      // The old name comes back, with a preview; the feed says so, under the new secret.
      await page.goto(`${base}${collection}/changelog?version=1`);
      await page.getByRole('button', { name: 'Restore this version' }).click();
      const restoring = page.getByRole('dialog', { name: /Restore version/ });
      await restoring.getByText('Rename Are we open to Is it open').waitFor();
      await restoring.getByRole('button', { name: 'Restore', exact: true }).click();
      await page.getByText('Version 1 is back, as version 3').waitFor();
      await until('the third backup', async () => (await count('collection_backup')) === 3);
      await until('it is told to the team', async () => {
        const newest = (await arrived()).find(({ event }) => event === 'team_activity');
        return newest.signature.verdict === 'valid' && newest.signature.integration.name === 'Team feed';
      });

      // A viewer comes in, and has nothing to write with.
      await page.goto(`${base}/team?tab=invitations`);
      const inviting = await inviteViewer(page, 'vera@example.com');
      const link = await inviting.getByLabel('Invitation link').textContent();
      const hers = await newPage();
      await hers.goto(link.replace(house.url, base));
      await join(hers);
      await hers.goto(`${base}${collection}`);
      await hers.getByRole('treeitem', { name: 'Is it open' }).waitFor();
      for (const place of [collection, monitor, '/integrations?tab=configured', '/environments']) {
        await hers.goto(`${base}${place}`);
        await hers.getByRole('heading', { level: 1 }).waitFor();
        for (const name of [/^Edit/, 'Run now', 'Add integration', 'New environment', /^Delete/])
          expect.equal(
            await hers.getByRole('button', { name }).or(hers.getByRole('link', { name })).count(),
            0,
            `${place}: ${name}`,
          );
      }
    } finally {
      await shop.close();
    }
  },
};
