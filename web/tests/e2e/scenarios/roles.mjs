// Somebody is invited as a viewer, and sees what a viewer may do; the API refuses the rest.
import { inviteViewer, join } from '../story.mjs';

export default {
  name: 'a viewer is invited, reads, and has nothing to write with',
  needs: ['furnished'],
  allow: [/403/],
  async run({ page, base, house, made, signIn, newPage, expect }) {
    await signIn(page);
    await page.goto(`${base}/team?tab=invitations`);
    await page.getByText('dana@example.com').waitFor();
    const dialog = await inviteViewer(page, 'vera@example.com');
    const link = await dialog.getByLabel('Invitation link').textContent();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('vera@example.com').waitFor();

    const hers = await newPage();
    await hers.goto(link.replace(house.url, base));
    await hers.getByText('You are invited to be a viewer').waitFor();
    expect.equal(await hers.getByLabel('E-mail').inputValue(), 'vera@example.com');
    await join(hers);

    await hers.goto(`${base}/environments`);
    await hers.getByRole('link', { name: 'Production' }).waitFor();
    expect.equal(await hers.getByRole('button', { name: 'New environment' }).count(), 0);
    await hers.getByRole('link', { name: 'Production' }).click();
    await hers.getByRole('cell', { name: 'token', exact: true }).waitFor();
    expect.equal(await hers.getByRole('button', { name: 'Save' }).count(), 0);
    expect.equal(await hers.getByText('s3cr3t-of-production').count(), 0, 'a secret is shown to nobody');
    await hers.goto(`${base}/team`);
    await hers.getByText('Vera Holt').first().waitFor();
    expect.deepEqual(await hers.getByRole('tab').allTextContents(), ['Members', 'Workspaces']);
    expect.equal(await hers.getByRole('button', { name: /^Remove/ }).count(), 0);

    const refused = await hers.evaluate(
      async ({ base, uid }) => {
        const { session } = await (await fetch(`${base}/api/session`)).json();
        const headers = { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken };
        const body = JSON.stringify({ environment: { name: 'Mine', values: [] } });
        return (await fetch(`${base}/api/environments/${uid}`, { method: 'PUT', headers, body })).status;
      },
      { base, uid: made.production },
    );
    expect.equal(refused, 403);
  },
};
