// What is done to integrations day by day: many paused at once, what was held released, a script tried, one deleted.
import { channel } from '../publish.mjs';

export default {
  name: 'integrations are paused, released, changed, given a script and deleted',
  needs: ['furnished'],
  timeout: 180_000,
  async run({ page, house, base, signIn, expect, until }) {
    const one = await channel(house, { name: 'Care one', type: 'care.one' });
    const two = await channel(house, { name: 'Care two', type: 'care.two' });
    await signIn(page);
    await page.goto(`${base}/integrations?tab=configured&q=care`);
    await page.getByRole('checkbox', { name: 'Select Care one' }).check();
    await page.getByRole('checkbox', { name: 'Select Care two' }).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('toolbar', { name: 'What is selected' });
    await bar.getByText('2 selected').waitFor();
    await bar.getByRole('button', { name: 'Pause' }).click();
    await page
      .getByRole('row', { name: /Care two/ })
      .getByText('Paused')
      .waitFor();
    await one.publish({ n: 1 });

    await page.getByRole('link', { name: 'Care one' }).click();
    const why = page.getByRole('region', { name: 'Why is it not delivering?' });
    await why.getByText('It is paused, so what is due is held. 1 delivery waits for you.').waitFor();
    await why.getByRole('button', { name: 'Resume…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await why.getByText('It delivers.').waitFor();
    await until('what was held', () => one.sink.seen.length === 1);

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Care of one');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Care of one' }).waitFor();

    await page.getByRole('tab', { name: 'Transform' }).click();
    await page.getByRole('button', { name: 'Write a script' }).click();
    await page.getByRole('region', { name: 'Body to be sent' }).getByText('care.one').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove…' }).waitFor();
    await one.publish({ n: 2 });
    await until('what the script makes', () => one.sink.seen.length === 2);
    expect.deepEqual(JSON.parse(one.sink.seen[1].text), { text: 'care.one: {"n":2}' });

    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByText(/paused the integration Care one/).waitFor();
    await page.getByRole('button', { name: 'Actions for Care of one' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page
      .getByRole('dialog')
      .getByText(/Lost for good: its settings and its signing secret/)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/tab=configured/);
    const gone = page.getByRole('link', { name: 'Care of one' });
    await until('the row to go', async () => (await gone.count()) === 0);
    await Promise.all([one.sink.close(), two.sink.close()]);
  },
};
