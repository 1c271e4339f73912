// Filters live in the address; a long list is read to its end while new ones come in (study §6, 8).
import { channel } from '../publish.mjs';

const COUNT = 1500;

export default {
  name: 'filters live in the address, and a long list goes on to its end',
  needs: ['furnished'],
  timeout: 240_000,
  async run({ page, newPage, house, base, signIn, expect, until }) {
    await signIn(page);
    await page.goto(`${base}/deliveries`);
    const grid = page.getByRole('grid', { name: 'Deliveries' });
    await grid.waitFor();
    await page.getByRole('radiogroup', { name: 'State' }).getByText('Held').click();
    await page.waitForURL(/status=held/);
    await page.getByRole('row', { name: /Orders backup to the bucket/ }).waitFor();
    await page.getByRole('note').getByText('its integration is paused').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('bucket');
    await page.waitForURL(/q=bucket/);
    await page.reload();
    await page.getByRole('row', { name: /Orders backup to the bucket/ }).waitFor();
    expect.equal(await page.getByRole('textbox', { name: 'Search deliveries' }).inputValue(), 'bucket');
    const other = await newPage();
    await signIn(other);
    await other.goto(page.url());
    await other.getByRole('row', { name: /Orders backup to the bucket/ }).waitFor();
    await page.getByRole('textbox', { name: 'Search deliveries' }).fill('no such thing');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.waitForURL((url) => url.search === '');

    const many = await channel(house, { name: 'Many', type: 'many.tick' });
    await many.publishMany(COUNT);
    await page.goto(`${base}/deliveries?integration=${many.id}`);
    const rows = grid.getByRole('rowgroup').last();
    await page
      .getByRole('row', { name: /many\.tick/ })
      .first()
      .waitFor();
    const end = rows.getByText(`All ${COUNT.toLocaleString('en-GB')} are shown`);
    await rows.hover();
    await until(
      'the end',
      async () => {
        await page.mouse.wheel(0, 20_000);
        return (await end.count()) > 0;
      },
      { within: 120_000 },
    );
    const first = await rows.getByRole('row').first().getAttribute('aria-rowindex');
    await many.publish();
    await many.publish();
    await page.getByRole('button', { name: /^[12] new$/ }).waitFor();
    expect.equal(await rows.getByRole('row').first().getAttribute('aria-rowindex'), first);
    await many.sink.close();
  },
};
