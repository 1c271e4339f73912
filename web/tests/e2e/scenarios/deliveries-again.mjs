// Sent again: by a key, twenty by hand, all that failed, and what was discarded (study §6, 7).
import { channel } from '../publish.mjs';

export default {
  name: 'deliveries are sent again, one or many',
  needs: ['furnished'],
  timeout: 150_000,
  async run({ page, house, base, signIn, until }) {
    let status = 400;
    const type = 'again.try';
    const options = { retries: [] };
    const hook = await channel(house, { name: 'Mended later', type, options, answer: () => ({ status }) });
    await hook.publishMany(24);
    await until('all failed', async () => (await hook.deliveries('exhausted')).length === 24);
    status = 204;
    await signIn(page);
    await page.goto(`${base}/deliveries?status=failed&integration=${hook.id}`);
    await page
      .getByRole('row', { name: /again\.try/ })
      .first()
      .waitFor();
    const delivered = (count) =>
      until(`${count} delivered`, async () => (await hook.deliveries('succeeded')).length === count);

    await page.keyboard.press('j');
    await page.waitForURL(/[?&]id=/);
    await page.keyboard.press('r');
    await page.getByText('1 delivery will be sent again').waitFor();
    await delivered(1);
    const detail = page.getByRole('region', { name: 'Delivery', exact: true });
    await detail.getByRole('tab', { name: /Attempts/ }).click();
    await detail.getByText('redelivery', { exact: true }).waitFor();
    const grid = page.getByRole('grid', { name: 'Deliveries' });
    await until('23 failed', async () => (await grid.getAttribute('aria-rowcount')) === '24');

    await page
      .getByRole('row', { name: /again\.try/ })
      .first()
      .click();
    await page.keyboard.press('x');
    for (let count = 1; count < 20; count += 1) await page.keyboard.press('j');
    await page.keyboard.press('Shift+X');
    await page.getByRole('button', { name: 'Redeliver 20', exact: true }).click();
    await delivered(21);

    // What was paused and thrown away counts too.
    await house.call('POST', `/integrations/${hook.id}/pause`, {});
    await hook.publish();
    await until('one held', async () => (await hook.deliveries('held')).length === 1);
    await house.call('POST', `/integrations/${hook.id}/discard`, {});
    await house.call('POST', `/integrations/${hook.id}/resume`, {});
    await page.getByRole('button', { name: 'Redeliver all failed' }).click();
    const dialog = page.getByRole('dialog', { name: 'Redeliver all that failed' });
    await dialog.getByText('3 deliveries will be sent again.').waitFor();
    await dialog.getByRole('checkbox', { name: 'Cancelled' }).check();
    await dialog.getByText('4 deliveries will be sent again.').waitFor();
    await dialog.getByRole('textbox', { name: /a second/ }).fill('1');
    await dialog.getByRole('button', { name: 'Redeliver 4', exact: true }).click();
    await page
      .getByRole('region', { name: 'Redelivery of many' })
      .getByText(/of 4 deliveries/)
      .waitFor();
    await page.reload();
    await delivered(25);
    await page.getByText('No deliveries match').waitFor();
    await hook.sink.close();
  },
};
