// Files are chosen and dropped; what came of them is said; what was deleted comes back.
import { SCHEMA } from '../furnish.mjs';

const collection = (name) =>
  JSON.stringify({
    info: { name, schema: SCHEMA },
    item: [{ name: 'Ask', request: 'https://example.com/a' }],
  });

export default {
  name: 'import: choose, drop and paste; delete and give back',
  needs: ['furnished'],
  allow: [/status of 400/],
  async run({ page, house, signIn, base, expect }) {
    await signIn(page);
    await page.goto(`${base}/collections`);
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import' });
    await dialog.getByLabel('Files to import').setInputFiles([
      {
        name: 'chosen.json',
        mimeType: 'application/json',
        buffer: Buffer.from(collection('Chosen <b>API</b>')),
      },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('only words') },
    ]);
    await dialog.getByRole('link', { name: 'Chosen <b>API</b>' }).waitFor();
    await dialog.getByText(/Failed to know what this is/).waitFor();
    await dialog.getByLabel('Or paste it').fill("curl -X POST https://example.com/orders -d '{}'");
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText('cURL', { exact: true }).first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await page.evaluate((text) => {
      const held = new DataTransfer();
      held.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      const send = (kind) =>
        document.body.dispatchEvent(
          new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }),
        );
      ['dragenter', 'dragover', 'drop'].forEach(send);
    }, collection('Dropped API'));
    await dialog.getByRole('link', { name: 'Dropped API' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dropped API' }).waitFor();

    await page.getByRole('button', { name: 'More for this collection' }).click();
    await page.getByRole('menuitem', { name: 'Delete collection' }).click();
    await page.getByLabel(/to confirm/).fill('Dropped API');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Collections' }).waitFor();
    await page.getByRole('tab', { name: /Deleted/ }).click();
    await page.getByRole('button', { name: 'Give Dropped API back' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dropped API' }).waitFor();
    await page.getByRole('treeitem', { name: 'Ask' }).waitFor();
    const names = (await house.call('GET', '/collections')).collections.map((it) => it.name);
    for (const name of ['Chosen <b>API</b>', 'Dropped API', 'cURL']) expect.ok(names.includes(name), name);
  },
};
