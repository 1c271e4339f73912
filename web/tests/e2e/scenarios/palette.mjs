// Everything can be reached by the keyboard alone.
export default {
  name: 'the palette finds pages, things and actions; single keys go and search',
  needs: ['furnished'],
  async run({ page, base, signIn, expect }) {
    await signIn(page);
    await page.goto(`${base}/activity`);
    const title = (name) => page.getByRole('heading', { name, level: 1 }).waitFor();
    const palette = page.getByRole('dialog', { name: 'Search' });
    const field = palette.getByRole('combobox');
    const choose = async (words, option) => {
      await page.keyboard.press('Control+k');
      await field.fill(words);
      await palette.getByRole('option', { name: option, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'detached' });
    };
    await title('Activity');
    await choose('smoke', /^Checkout smoke/);
    await title('Checkout smoke');
    await choose('run now orders', 'Run now: Orders nightly');
    await page.getByText('Orders nightly has started').waitFor();
    await choose('import', 'Import');
    await page.getByRole('dialog', { name: /Import/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect.equal(new URL(page.url()).search, '');
    await choose('add slack', /^Add Slack/);
    await title('Slack');
    await choose('invite', 'Invite');
    await page.getByRole('dialog', { name: /Invite/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await field.fill('nothing is called like this');
    await palette.getByText('Nothing is called').waitFor();

    // What was chosen last stands first; Esc gives the focus back.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Search/ }).focus();
    await page.keyboard.press('Enter');
    await palette.getByRole('option').first().waitFor();
    expect.equal(await palette.getByRole('option').first().innerText(), 'Invite');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    expect.match(await page.evaluate(() => document.activeElement.textContent), /^Search/);

    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await title('Environments');
    await page.keyboard.press('/');
    await page.keyboard.type('gd');
    await title('Environments');
    expect.equal(await page.evaluate(() => document.activeElement.value), 'gd');
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.press('Control+k');
    await palette.waitFor({ state: 'detached' });
  },
};
