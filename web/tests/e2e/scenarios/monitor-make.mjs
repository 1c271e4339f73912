// A monitor is made, paused with others, changed and deleted; what is wrong says so at its field.
import { until } from '../house.mjs';

export default {
  name: 'monitor: made with a schedule in plain words, paused, changed, deleted',
  needs: ['furnished'],
  async run({ page, house, signIn, base, expect }) {
    await signIn(page);
    await page.goto(`${base}/monitors`);
    await page.getByRole('link', { name: 'New monitor' }).click();
    await page.getByRole('button', { name: 'Create monitor' }).click();
    await page.getByText('The collection that it runs').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Made by hand');
    await page.getByRole('combobox', { name: 'Collection' }).click();
    await page.getByRole('option', { name: 'Stock API' }).click();

    const runs = page.getByRole('combobox', { name: 'Runs' });
    await runs.click();
    await page.getByRole('option', { name: 'Monday to Friday' }).click();
    await page.getByLabel('At', { exact: true }).fill('07:30');
    await page.getByText('Weekdays at 07:30').waitFor();
    await runs.click();
    await page.getByRole('option', { name: 'By a cron expression' }).click();
    const cron = page.getByRole('textbox', { name: 'Cron expression' });
    expect.equal(await cron.inputValue(), '30 7 * * 1-5');
    await cron.fill('61 7 * * *');
    await page.getByText('Minute: 61 is not between 0 and 59').waitFor();
    await cron.fill('15 7 * * MON,FRI');
    const next = page.getByRole('status', { name: 'Next runs' });
    await next.getByText('Every Monday and Friday at 07:15').waitFor();
    expect.equal(await next.getByRole('listitem').count(), 3);
    await page.getByRole('button', { name: 'Create monitor' }).click();
    await page.getByRole('heading', { level: 1, name: 'Made by hand' }).waitFor();
    const uid = new URL(page.url()).pathname.split('/').at(-1);
    expect.equal((await house.call('GET', `/monitors/${uid}`)).monitor.schedule.cron, '15 7 * * MON,FRI');

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('radiogroup', { name: 'A failed run is tried again' }).getByText('Twice').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Made by hand' }).waitFor();
    expect.equal((await house.call('GET', `/monitors/${uid}`)).monitor.retry.attempts, 2);

    await page.goto(`${base}/monitors?q=made`);
    await page.getByRole('checkbox', { name: 'Select Made by hand' }).check();
    await page
      .getByRole('group', { name: 'Selected monitors' })
      .getByRole('button', { name: 'Pause' })
      .click();
    await until('it is paused', async () => !(await house.call('GET', `/monitors/${uid}`)).monitor.active);
    await page.getByRole('list', { name: 'Monitors' }).getByText('Paused').waitFor();

    await page.getByRole('link', { name: 'Made by hand' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete monitor' }).click();
    await page.getByLabel(/^Type .* to go on$/).fill('Made by hand');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor();
    await page.getByRole('link', { name: 'Made by hand' }).waitFor({ state: 'detached' });
  },
};
