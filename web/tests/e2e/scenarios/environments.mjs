// Variables are pasted, saved, kept secret; what somebody else saves meanwhile is not lost.
export default {
  name: 'an environment is made, written, taken over and deleted',
  needs: ['furnished'],
  // The stream may have its page read again in the moment in which it goes.
  allow: [/404 .*\/environments\//],
  async run({ page, base, house, signIn, expect, until }) {
    await signIn(page);
    await page.goto(`${base}/environments`);
    await page.getByRole('button', { name: 'New environment' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('<b>Trial</b>');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: '<b>Trial</b>' }).waitFor();
    const uid = new URL(page.url()).pathname.split('/').at(-1);
    const stored = async () => (await house.call('GET', `/environments/${uid}`)).environment;

    await page.getByRole('button', { name: 'Paste lines' }).click();
    await page.getByLabel('Lines').fill('BASE=https://trial.example\nTOKEN="a b"\n#OLD=1');
    await page.getByRole('button', { name: 'Add 3 variables' }).click();
    await page.getByRole('combobox', { name: 'Type of TOKEN' }).click();
    await page.getByRole('option', { name: 'Secret' }).click();
    await page.getByRole('button', { name: 'Move OLD up' }).click();
    await page.keyboard.press('Control+s');
    await until('the variables are saved', async () => (await stored()).values.length === 3);
    const { values } = await stored();
    expect.deepEqual(
      values.map(({ key, type, enabled }) => [key, type, enabled]),
      [
        ['BASE', 'default', true],
        ['OLD', 'default', false],
        ['TOKEN', 'secret', true],
      ],
    );
    await page.getByRole('button', { name: 'Save' }).and(page.locator(':disabled')).waitFor();

    // Two write at once: the second is told before anything is replaced.
    await page.getByRole('textbox', { name: 'Value of BASE' }).fill('https://mine.example');
    values[0].value = 'https://theirs.example';
    await house.call('PUT', `/environments/${uid}`, { environment: { name: '<b>Trial</b>', values } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has saved meanwhile').waitFor();
    expect.equal((await stored()).values[0].value, 'https://theirs.example');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await until('theirs are shown', async () =>
      (await page.getByRole('textbox', { name: 'Value of BASE' }).inputValue()).includes('theirs'),
    );

    await page.getByRole('button', { name: 'Actions of <b>Trial</b>' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete environment' }).click();
    await page.waitForURL((url) => url.pathname === '/environments');
    await page.getByRole('link', { name: '<b>Trial</b>' }).waitFor({ state: 'detached' });
  },
};
