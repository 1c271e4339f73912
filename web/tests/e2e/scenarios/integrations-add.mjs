// From the catalogue to a row of the table (study §6, 2).
import { receiver } from '../house.mjs';

/** Opens the form of a kind from the page about webhooks, as somebody would. */
async function formOf(page, title) {
  await page.getByRole('link', { name: `Add integration: ${title}` }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

async function add(page, { name, url }) {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'URL' }).fill(url);
  await page.getByRole('button', { name: 'Add integration' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByText('Copy it now.').waitFor();
}

export default {
  name: 'webhooks of each kind are added, and what is wrong is said at the field',
  needs: ['furnished'],
  timeout: 180_000,
  async run({ page, house, base, signIn, expect }) {
    const sink = await receiver(() => ({ status: 204 }));
    await signIn(page);
    await page.goto(`${base}/integrations`);
    await page.getByRole('link', { name: 'View details' }).click();
    await page.getByRole('button', { name: 'Sample body: Monitor results' }).click();
    await page.getByText('totalLatency:').waitFor();

    await formOf(page, 'Monitor run results');
    const url = page.getByRole('textbox', { name: 'URL' });
    await url.fill('ftp://example.com');
    await page.getByText('A webhook goes to http or https, nothing else').waitFor();
    await page.getByRole('radio', { name: 'As I say' }).check();
    await page.getByRole('textbox', { name: 'From which failure in a row' }).fill('2');
    await page.getByText('Failure 2 of a streak is told, and then the first success.').waitFor();
    await page.getByRole('button', { name: 'Advanced options' }).click();
    await page.getByRole('button', { name: 'Add header' }).click();
    await page.getByRole('textbox', { name: 'Name of header 1' }).fill('Host');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Set by Postern itself').waitFor();
    await page.getByRole('button', { name: 'Remove header 1' }).click();
    await page.getByRole('textbox', { name: 'Timeout in seconds' }).fill('7');
    await add(page, { name: 'Added by hand', url: `${sink.url}/results` });
    await page.getByRole('link', { name: 'Done' }).click();
    await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();

    const { integrations } = await house.call('GET', '/integrations?event=monitor_results');
    const { options, config } = integrations.find(({ name }) => name === 'Added by hand');
    expect.deepEqual([options.notify, options.from, options.limit, options.timeout], ['failures', 2, 1, 7]);
    expect.equal(config.url, `${sink.url}/results`);

    for (const title of ['Back up a collection', 'Collection activity feed', 'Team activity feed']) {
      await page.goto(`${base}/integrations/webhooks`);
      await formOf(page, title);
      await add(page, { name: `Added: ${title}`, url: `${sink.url}/more` });
    }
    await page.goto(`${base}/integrations?tab=configured&q=added`);
    await page
      .getByRole('row', { name: /Added by hand/ })
      .getByText('All monitors')
      .waitFor();
    expect.equal(await page.getByRole('link', { name: /^Added/ }).count(), 4);
    await sink.close();
  },
};
