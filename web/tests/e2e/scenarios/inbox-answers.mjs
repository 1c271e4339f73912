// An inbox answers as it is told to, holds what is new while somebody reads, and shows anything safely (study §6, 14).
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export default {
  name: 'an inbox answers 500 after a delay, shows binary and hostile bodies safely, and goes',
  needs: ['furnished'],
  // The stream may have its page read again in the moment in which it goes.
  allow: [/404 .*\/inboxes\//],
  async run({ page, base, house, signIn, expect, until }) {
    const { inbox } = await house.call('POST', '/inboxes', { inbox: { name: 'Answers' } });
    const post = (body, type, path = '') =>
      fetch(`${inbox.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
    await signIn(page);
    await page.goto(`${base}/inbox/${inbox.id}`);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Answers with status' }).fill('500');
    await page.getByRole('textbox', { name: 'After seconds' }).fill('2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('after 2.00 s').waitFor();

    const { integration } = await house.call('POST', '/integrations', {
      integration: { connector: 'webhooks', event: 'custom', name: 'Fails', config: { url: inbox.url } },
    });
    await house.call('POST', '/events', { event: { type: 'a.b', payload: {} } });
    const failed = await until('a failed attempt', async () => {
      const { deliveries } = await house.call('GET', `/integrations/${integration.id}/deliveries`);
      return deliveries.find((delivery) => delivery.attemptCount > 0);
    });
    expect.notEqual(failed.status, 'succeeded');
    await house.call('DELETE', `/integrations/${integration.id}`);
    const list = page.getByRole('region', { name: 'List of requests' });
    await list.getByRole('link', { name: /HTTP 500|500/ }).waitFor();
    await house.call('PATCH', `/inboxes/${inbox.id}`, { inbox: { answer: { status: 200, delayMs: 0 } } });

    // While one is read, what is new waits.
    await list.getByRole('link').first().click();
    const bytes = randomBytes(5_000_000);
    await post(bytes, 'image/png', '/upload.png');
    await post('<script>document.title = "bad"</script>', 'text/html', '/page?x=%3Cscript%3E');
    await page.getByRole('button', { name: '2 new' }).click();
    const request = page.getByRole('region', { name: 'Request', exact: true });
    await list.getByRole('link', { name: /page/ }).click();
    await request.getByText('<script>document.title = "bad"</script>').waitFor();
    await list.getByRole('link', { name: /upload/ }).click();
    await request.getByRole('region', { name: 'Body in hex' }).waitFor();
    const download = page.waitForEvent('download');
    await request.getByRole('link', { name: 'Download body' }).click();
    expect.ok(bytes.equals(await readFile(await (await download).path())));

    await request.getByRole('button', { name: 'Delete this request' }).click();
    await list.getByRole('link', { name: /upload/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Empty' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Empty' }).click();
    await page.getByText('Waiting for the first request').waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    expect.equal(await page.getByRole('link', { name: 'Answers', exact: true }).count(), 0);
    expect.equal((await fetch(inbox.url)).status, 404);
  },
};
