// The longer steps of the story, as somebody does them on the pages.
import { SCHEMA } from './furnish.mjs';

export const shopCollection = (url) => ({
  info: { name: 'Book shop API', schema: SCHEMA },
  item: [
    {
      name: 'Is it open',
      request: { method: 'GET', url: `${url}/open` },
      event: [
        { listen: 'test', script: { exec: ['pm.test("open", () => pm.response.to.have.status(200));'] } },
      ],
    },
  ],
});

const choose = async (page, field, option) => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
};

/** Makes an integration by its form; answers the signing secret, which is shown once. */
export async function makeIntegration(page, base, { kind, name, url, target, notify }) {
  await page.goto(`${base}/integrations/webhooks/add/${kind}?url=${encodeURIComponent(url)}`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  if (target) await choose(page, ...target);
  if (notify) await page.getByRole('radio', { name: new RegExp(notify, 'i') }).check();
  await page.getByRole('button', { name: 'Add integration' }).click();
  await page.getByText('Copy it now.').waitFor();
  return page
    .getByText(/^whsec_/)
    .first()
    .innerText();
}

/** Invites a viewer, from the list of invitations; answers the dialog, which shows the link. */
export async function inviteViewer(page, email) {
  await page.getByRole('button', { name: 'Invite', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /^Viewer/ }).click();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  return dialog;
}

/** Comes into the team as Vera Holt by the link of an invitation that is open. */
export async function join(page) {
  await page.getByLabel('Your name').fill('Vera Holt');
  await page.getByLabel('Password', { exact: true }).fill('reading is enough');
  await page.getByRole('button', { name: /^Join/ }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Makes a monitor by its form; answers its path. */
export async function makeMonitor(page, base, { name, collection }) {
  await page.goto(`${base}/monitors/new`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await choose(page, 'Collection', collection);
  await page.getByRole('button', { name: 'Create monitor' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return new URL(page.url()).pathname;
}

/** Gives a request of the collection that is open another name. */
export async function nameRequest(page, from, to) {
  await page.getByRole('treeitem', { name: from }).click();
  await page.getByRole('heading', { level: 2, name: from }).waitFor();
  await page.getByRole('button', { name: 'More for this item' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByLabel('Name', { exact: true }).fill(to);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('treeitem', { name: to }).waitFor();
}
