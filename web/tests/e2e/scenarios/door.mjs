// A new server: set up by its one-time link; out and in again; a session that ends brings one back to the same page.
export default {
  name: 'first set-up, sign in and out, an ended session comes back to the same page',
  needs: ['empty'],
  allow: [/401/],
  async run({ page, house, base, expect }) {
    const link = house.link();
    expect.ok(link, 'the first start prints a link');
    await page.goto(link);
    await page.getByRole('heading', { name: 'Set up Postern' }).waitFor();
    expect.equal(page.url(), `${base}/welcome`, 'the token is out of the address');
    await page.getByLabel('Your name').fill('Mia Ahlgren');
    await page.getByLabel('E-mail').fill('mia@example.com');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByLabel('Team name').fill('Platform team');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByText('At least 8 characters').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('a few good words');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    await page.getByRole('link', { name: 'Look around first' }).click();
    await page.getByText('Platform team').waitFor();

    await page.getByRole('button', { name: /Mia Ahlgren/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    // The link has been used.
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link opens nothing any more' }).waitFor();
    await page.getByRole('link', { name: 'Go to sign in' }).click();

    const signIn = async (password) => {
      await page.getByLabel('E-mail').fill('mia@example.com');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await signIn('a few bad words');
    await page.getByRole('alert').waitFor();
    expect.equal(await page.getByLabel('E-mail').inputValue(), 'mia@example.com', 'what was typed stays');
    await signIn('a few good words');
    await page.getByRole('navigation', { name: 'Main' }).waitFor();

    await page.goto(`${base}/team?tab=workspaces`);
    await page.getByText('My workspace').waitFor();
    await page.context().clearCookies();
    await page.getByRole('tab', { name: 'Audit log' }).click();
    await page.waitForURL((url) => url.pathname === '/login');
    await signIn('a few good words');
    await page.waitForURL((url) => `${url.pathname}${url.search}` === '/team?tab=audit');
    await page.getByRole('tab', { name: 'Audit log', selected: true }).waitFor();
    await page.getByRole('cell', { name: 'Mia Ahlgren signed in', exact: true }).first().waitFor();
  },
};
