// Study, §6, 11: edit, rename, move and delete; the differences; an old version restored, told and backed up.
const chosen = (page) => page.getByRole('region', { name: 'Contents of the collection' });

export default {
  name: 'changelog: every change is told, shown and can be undone',
  needs: ['furnished'],
  async run({ page, house, made, signIn, base, expect, until }) {
    const path = `/collections/${made.checkout}`;
    const documentNow = async () => (await house.call('GET', path)).collection;
    const versionNow = async () => (await house.call('GET', `${path}/versions?limit=1`)).versions[0].number;
    const [before, version] = [await documentNow(), await versionNow()];
    await signIn(page);
    await page.goto(`${base}${path}`);

    const item = (name) => chosen(page).getByTitle(name, { exact: true });
    const act = async (name, what) => {
      await item(name).click();
      await page.getByRole('heading', { level: 2, name }).waitFor();
      await page.getByRole('button', { name: 'More for this item' }).click();
      await page.getByRole('menuitem', { name: what }).click();
    };
    await act('Get the cart', 'Edit');
    await page.getByLabel('Name', { exact: true }).fill('Read the cart');
    await page.getByRole('tab', { name: /Scripts/ }).click();
    await page
      .getByRole('textbox', { name: 'Tests' })
      .fill('pm.test("it is there", () => pm.response.to.be.ok);');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await item('Read the cart').waitFor();

    await act('Pay', 'Move to a folder');
    await page.getByRole('combobox', { name: 'To' }).click();
    await page.getByRole('option', { name: 'Refunds' }).click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await act('Health', 'Delete request');
    await page.getByRole('button', { name: 'Undo' }).click();
    await item('Health').waitFor();
    await act('Health', 'Delete request');
    await item('Health').waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Changelog' }).click();
    await page
      .getByRole('button', { name: /Deleted request Health/ })
      .first()
      .click();
    await page.getByText('GET {{base}}/v1/cart/health').waitFor();
    await page.getByRole('button', { name: /Moved Pay/ }).click();
    await page.getByText('Moved Pay from Payment to Refunds').waitFor();
    await page.getByRole('button', { name: /Renamed Get the cart to Read the cart/ }).click();
    const tests = page.getByRole('region', { name: 'tests of Read the cart' });
    await tests.getByText('pm.test("it is there"').waitFor();
    await tests.getByText('to.have.status(200)').first().waitFor();

    const backups = () => made.sinks.seen.filter((it) => it.path === '/mirror').length;
    const sent = backups();
    await page.goto(`${base}${path}/changelog?version=${version}`);
    await page.getByRole('button', { name: 'Restore this version' }).click();
    const dialog = page.getByRole('dialog', { name: /Restore version/ });
    await dialog.getByText('Rename Read the cart to Get the cart').waitFor();
    await dialog.getByText('Move Pay from Refunds to Payment').waitFor();
    await dialog.getByText('Add request Health').waitFor();
    const next = (await versionNow()) + 1;
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText(`Version ${version} is back, as version ${next}`).waitFor();
    await page.getByRole('button', { name: /Restored Checkout API/ }).waitFor();
    expect.deepEqual(await documentNow(), before);
    await until('the backup of what was restored', () => backups() > sent);
  },
};
