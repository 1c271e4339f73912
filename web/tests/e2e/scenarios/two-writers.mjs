// Study, §6, 12: what one does the other sees; who saves second is told, and chooses.
import { BO } from '../furnish.mjs';

export default {
  name: 'two writers: a change is seen at once, a conflict is told',
  needs: ['furnished'],
  allow: [/status of 412/],
  async run({ page, newPage, house, made, signIn, base, expect }) {
    const path = `/collections/${made.orders}`;
    const item = (await house.call('GET', path)).collection.item.find((it) => it.name === 'List orders');
    const other = await newPage();
    await signIn(page);
    await signIn(other, BO);

    await other.goto(`${base}${path}/changelog`);
    await other.getByRole('heading', { level: 1, name: 'Changelog' }).waitFor();
    await other.getByRole('button', { name: /v1/ }).first().waitFor();
    await page.goto(`${base}${path}?item=${item.id}&view=edit`);
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('List all orders');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('treeitem', { name: 'List all orders' }).waitFor();
    // Two seconds on a machine that has nothing else to do.
    await other.getByRole('button', { name: /Renamed List orders/ }).waitFor({ timeout: 6000 });

    // Both begin from the same version; Bo saves first.
    await page.goto(`${base}${path}?item=${item.id}&view=edit`);
    await other.goto(`${base}${path}?item=${item.id}&view=edit`);
    await name.fill("Ada's orders");
    await other.getByLabel('Address', { exact: true }).fill('{{base}}/v2/orders?state=open');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByText('/v2/orders').first().waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else has changed this collection' });
    await conflict.getByText('Bo Lindqvist updated the request List all orders').waitFor();
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('treeitem', { name: "Ada's orders" }).waitFor();

    // What each of them changed is there.
    const now = (await house.call('GET', path)).collection.item.find((it) => it.id === item.id);
    expect.equal(now.name, "Ada's orders");
    expect.equal(now.request.url.raw ?? now.request.url, '{{base}}/v2/orders?state=open');
  },
};
