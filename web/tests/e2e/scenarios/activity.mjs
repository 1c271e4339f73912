// The feed is live, its filters stand in the address, and a line leads to what it changed.
export default {
  name: 'the activity feed is live, filtered and leads to the change',
  needs: ['furnished'],
  async run({ page, base, house, made, signIn, expect }) {
    await signIn(page);
    await page.goto(`${base}/activity`);
    const lines = page.getByRole('listitem');
    await lines.first().waitFor();
    await house.call('POST', `/collections/${made.stock}/folders`, { name: 'Shelves <i>left</i>' });
    await lines.filter({ hasText: 'created the folder Shelves <i>left</i> in Stock API' }).waitFor();

    await page.getByRole('combobox', { name: 'Any kind of thing' }).click();
    await page.getByRole('option', { name: 'Monitors' }).click();
    await page.waitForURL((url) => url.searchParams.get('model') === 'monitor');
    await lines.filter({ hasText: 'Checkout smoke' }).first().waitFor();
    expect.equal(await lines.filter({ hasText: 'the folder' }).count(), 0);
    await page.reload();
    await lines.filter({ hasText: 'Checkout smoke' }).first().waitFor();
    expect.equal(await lines.filter({ hasText: 'the folder' }).count(), 0, 'a reload keeps the filter');
    await page.getByLabel('Since').fill('2999-01-01');
    await page.getByText('No changes match').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();

    const folder = lines.filter({ hasText: 'Shelves <i>left</i>' });
    await folder.getByRole('link', { name: /^Version/ }).click();
    await page.waitForURL((url) => url.pathname.endsWith('/changelog'));
    await page.getByRole('heading', { level: 1 }).waitFor();
  },
};
