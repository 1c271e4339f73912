// Text that would be more than text is shown as text (study §6, 15).
import { channel } from '../publish.mjs';

const TAG = '<script>window.harmed = true</script>';
const IMAGE = '<img src=x onerror=window.harmed=true>';
const BACKWARDS = '\u202eevil\u202c 🙂';

export default {
  name: 'hostile text in names, bodies and headers is shown as text',
  needs: ['furnished'],
  async run({ page, house, base, signIn, expect }) {
    const hostile = await channel(house, {
      name: `${TAG} ${BACKWARDS} ${'long '.repeat(30)}`.trim(),
      type: 'hostile.text',
      answer: () => ({
        status: 200,
        headers: { 'content-type': 'text/html', 'x-note': `${TAG}'";$(id)` },
        body: `${IMAGE}${TAG}`,
      }),
    });
    await hostile.publish({
      [TAG]: IMAGE,
      backwards: BACKWARDS,
      long: 'x'.repeat(10_000),
      shell: `it's $(id)`,
    });
    await signIn(page);
    for (const width of [1360, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${base}/deliveries?integration=${hostile.id}`);
      const row = page.getByRole('row', { name: /hostile\.text/ });
      await row.filter({ hasText: TAG }).waitFor();
      await row.click();
      const detail = page.getByRole('region', { name: 'Delivery', exact: true });
      await detail.getByText(IMAGE).first().waitFor();
      await detail.getByRole('tab', { name: /Response/ }).click();
      await detail.getByText(`${TAG}'";$(id)`).waitFor();
      await detail.getByText(`${IMAGE}${TAG}`).waitFor();
      await detail.getByRole('tab', { name: 'Event' }).click();
      await detail.getByRole('link', { name: TAG }).waitFor();
      expect.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      expect.equal(await page.evaluate(() => window.harmed), undefined);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
    await page.getByRole('button', { name: 'Copy as cURL' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect.match(command, /^curl -X POST 'http:\/\/127\.0\.0\.1:\d+\/hook'/);
    expect.ok(command.includes(`it'\\''s $(id)`));
    await hostile.sink.close();
  },
};
