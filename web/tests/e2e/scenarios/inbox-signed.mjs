// A test of an integration that sends to an inbox is there at once, and its signature is right (study §6, 3).
export default {
  name: 'a test sent to an inbox shows by itself, with a valid signature',
  needs: ['furnished'],
  async run({ page, newPage, base, house, signIn, expect }) {
    await signIn(page);
    await page.goto(`${base}/inbox`);
    await page.getByRole('button', { name: 'New inbox' }).click();
    await page.getByText('Waiting for the first request').waitFor();
    const heading = page.getByRole('heading', { level: 1 });
    const name = await heading.innerText();
    const { inboxes } = await house.call('GET', '/inboxes');
    const { url } = inboxes.find((inbox) => inbox.name === name);
    await page.getByRole('button', { name: 'Copy URL' }).click();
    expect.equal(await page.evaluate(() => navigator.clipboard.readText()), url);

    // One tab adds the integration, the other one looks at the inbox.
    const adding = await newPage();
    await signIn(adding);
    await adding.goto(page.url());
    await adding.getByRole('link', { name: 'Use in an integration' }).click();
    await adding.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
    expect.equal(new URL(adding.url()).searchParams.get('url'), url);
    await adding.goto(`${base}/integrations/webhooks/add/custom?url=${encodeURIComponent(url)}`);
    await adding.getByRole('textbox', { name: 'Name' }).fill('To the inbox');
    await adding.getByRole('button', { name: 'Add integration' }).click();
    const secret = await adding.getByLabel('Signing secret', { exact: true }).first().innerText();
    await adding.getByRole('button', { name: 'Send test' }).click();
    await adding.getByRole('status').getByText('Arrived').waitFor();

    const list = page.getByRole('region', { name: 'List of requests' });
    await list.getByRole('link').first().waitFor();
    expect.match(await list.getByRole('link').first().innerText(), /Valid/);
    const request = page.getByRole('region', { name: 'Request', exact: true });
    await request.getByText('Signed by').waitFor();
    await request.getByRole('link', { name: 'To the inbox' }).waitFor();
    await request.getByText('webhook-signature').waitFor();
    await adding.getByRole('link', { name: 'Done' }).click();
    await adding.getByRole('heading', { name: 'To the inbox', level: 1 }).waitFor();
    expect.equal(await adding.getByText(secret).count(), 0);
  },
};
