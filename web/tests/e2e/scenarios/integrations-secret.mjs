// A test that arrives, a signature that the page's own code finds right, a secret that is shown once (study §6, 3).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { receiver } from '../house.mjs';

export default {
  name: 'a test arrives signed, the code that is shown verifies it, and the secret is shown once',
  needs: ['furnished'],
  async run({ page, base, signIn, expect }) {
    const sink = await receiver(() => ({ status: 202, body: 'noted, thanks' }));
    const folder = await mkdtemp(join(tmpdir(), 'postern-verify-'));
    await signIn(page);
    await page.goto(`${base}/integrations/webhooks/add/custom?url=${encodeURIComponent(`${sink.url}/hook`)}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Signed events');
    await page.getByRole('button', { name: 'Add integration' }).click();
    const secret = await page.getByText(/^whsec_/).innerText();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByRole('status').getByText('Arrived').waitFor();
    await page.getByRole('status').getByText('202').waitFor();
    await page.getByText('noted, thanks').waitFor();

    await page.getByRole('tab', { name: 'Node' }).click();
    await page.getByRole('button', { name: 'Copy the Node code' }).click();
    const file = join(folder, 'verify.mjs');
    await writeFile(file, await page.evaluate(() => navigator.clipboard.readText()));
    const { verify } = await import(pathToFileURL(file).href);
    const [{ headers, body }] = sink.seen;
    expect.equal(verify(secret, headers, body), true);
    expect.equal(verify(secret, headers, `${body} `), false);

    await page.getByRole('link', { name: 'Done' }).click();
    await page.getByRole('tab', { name: 'Secret' }).click();
    await page.getByRole('button', { name: 'New secret' }).waitFor();
    expect.equal(await page.getByText(secret).count(), 0);

    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('button', { name: 'Replace the secret' }).click();
    await page.getByText(/Both sign for another/).waitFor();
    const next = await page
      .getByText(/^whsec_/)
      .first()
      .innerText();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByRole('dialog').getByText('Arrived').waitFor();
    const rotated = sink.seen.at(-1);
    expect.equal(rotated.headers['webhook-signature'].split(' ').length, 2);
    expect.ok(verify(secret, rotated.headers, rotated.body) && verify(next, rotated.headers, rotated.body));
    await page.reload();
    await page.getByRole('button', { name: 'New secret' }).waitFor();
    expect.equal(await page.getByText(next).count(), 0);
    await rm(folder, { recursive: true });
    await sink.close();
  },
};
