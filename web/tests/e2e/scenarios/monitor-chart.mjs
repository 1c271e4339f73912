// The run chart by the keyboard, its filters in the address, split by request, a date, and the log.
import { until } from '../house.mjs';

export default {
  name: 'monitor: the chart is walked by keys, filtered, split and searched',
  needs: ['furnished'],
  async run({ page, made, signIn, base, expect }) {
    await signIn(page);
    await page.goto(`${base}/monitors/${made.smoke}`);
    const chart = page.getByRole('slider', { name: /Arrow keys choose a run/ });
    await chart.focus();
    await page.keyboard.press('Home');
    const first = await chart.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    await until('the next run', async () => (await chart.getAttribute('aria-valuenow')) === '2');
    expect.notEqual(await chart.getAttribute('aria-valuetext'), first);
    await page.keyboard.press('End');
    await until('the newest run', async () => (await chart.getAttribute('aria-valuenow')) !== '2');
    await page.keyboard.press('e');
    await page.getByRole('region', { name: 'Selected run' }).getByText('Failure', { exact: true }).waitFor();

    await page.getByRole('combobox', { name: 'Result' }).click();
    await page.getByRole('option', { name: 'Failure' }).click();
    await until('the filter', () => page.url().includes('result=failure'));
    await page.reload();
    await until('only failures', async () => /Failure/.test(await chart.getAttribute('aria-valuetext')));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await until('no filter', () => !page.url().includes('result='));

    await page.getByRole('combobox', { name: 'Formula' }).click();
    await page.getByRole('option', { name: 'Maximum' }).click();
    await page.getByText('Slowest request').waitFor();
    await page.getByRole('radiogroup', { name: 'View' }).getByText('Individual requests').click();
    await page.getByRole('img', { name: /^Pay: / }).waitFor();

    await page.goto(`${base}/monitors/${made.smoke}?result=failure`);
    await page.getByRole('button', { name: 'Go to date' }).click();
    await page.getByLabel('Date and time').fill('2020-01-01T10:00');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByText('No runs around this date').waitFor();
    await page.getByRole('button', { name: /^Around/ }).click();
    await page.getByRole('button', { name: 'Back to now' }).click();

    await page.getByRole('tab', { name: 'Console log' }).click();
    const lines = page.getByRole('region', { name: 'Console log lines' });
    await lines.waitFor();
    await page.getByLabel('Find in log').fill('AssertionError');
    await until('one line', async () => (await lines.innerText()).includes('expected response'));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the log' }).click();
    expect.match((await download).suggestedFilename(), /^run-.*\.log$/);
  },
};
