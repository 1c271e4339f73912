// A key that opens one workspace opens nothing else, and nothing at all once it is revoked.
export default {
  name: 'a narrow key is made, used and revoked',
  needs: ['furnished'],
  async run({ page, base, house, made, signIn, expect }) {
    const { workspace } = await house.call('POST', '/workspaces', {
      workspace: { name: 'Payroll', type: 'private' },
    });
    await signIn(page);
    await page.goto(`${base}/keys`);
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('What it is for, to know it again').waitFor();
    await dialog.getByLabel('Name').fill('CI of the shop');
    await dialog.getByRole('combobox', { name: 'Workspaces' }).click();
    await page.getByRole('option', { name: 'My workspace' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const key = await dialog.getByLabel('API key').textContent();
    await dialog.getByText(`X-Api-Key: ${key}`).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('cell', { name: /^CI of the shop/ }).waitFor();
    expect.equal(await page.getByText(key).count(), 0, 'a key is shown once');

    const ask = async (path) =>
      (await fetch(`${house.url}/api${path}`, { headers: { 'x-api-key': key } })).status;
    expect.equal(await ask(`/workspaces/${made.workspace}`), 200);
    expect.equal(await ask(`/workspaces/${workspace.id}`), 404, 'what it does not open is not there');
    expect.equal(await ask('/me/api-keys'), 403, 'nor what concerns the whole team');

    await page.getByRole('button', { name: 'Revoke CI of the shop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await page.getByRole('cell', { name: /^CI of the shop/ }).waitFor({ state: 'detached' });
    expect.equal(await ask(`/workspaces/${made.workspace}`), 401, 'at once');
  },
};
