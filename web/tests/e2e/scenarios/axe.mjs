// axe finds nothing on any page, in light and dark, wide and narrow (study §6, 18).
import { inAllLooks, wrongOn } from '../axe.mjs';
import { routesOf, settled, visit } from '../routes.mjs';

/** What opens over the pages: what it is called, and how it is opened. */
const OVER = [
  ['palette', async (page) => page.keyboard.press('Control+k')],
  [
    'palette with what was found',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('check');
      await page.getByRole('option').first().waitFor();
    },
  ],
  [
    'test of a connector',
    async (page, { push }) => {
      await page.goto(push);
      await page.getByRole('button', { name: 'Send test' }).click();
      await page.getByRole('dialog').getByText('Arrived').waitFor();
      await page.getByRole('list', { name: 'Requests' }).getByRole('button', { name: /PUT/ }).click();
      await page.getByText('Request body').waitFor();
    },
  ],
  ['keys', async (page) => page.keyboard.press('?')],
];

export default {
  name: 'axe finds nothing on any page in any look',
  needs: ['furnished'],
  timeout: 600_000,
  async run({ page, newPage, house, made, base, signIn, expect }) {
    const outside = await newPage();
    await signIn(page);
    const wrong = [];
    const look = async (at, name) =>
      inAllLooks(at, async (how, scheme) => {
        await settled(at);
        // In the dark only the colours are other ones.
        const found = await wrongOn(at, { onlyColours: scheme === 'dark' });
        wrong.push(...found.map((line) => `${name} ${how}: ${line}`));
      });
    const routes = await routesOf(house, made);
    const push = `${base}${routes.find(({ name }) => name === 'integration-connector').path}`;
    for (const route of routes) {
      const at = route.door ? outside : page;
      await at.setViewportSize({ width: 1360, height: 900 });
      if (await visit(at, base, route, wrong)) await look(at, route.name);
    }
    for (const [name, open] of OVER) {
      await page.goto(`${base}/activity`);
      await settled(page);
      await open(page, { push });
      await page.getByRole('dialog').waitFor();
      await look(page, name);
    }
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(`${base}/activity`);
    await settled(page);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    wrong.push(...(await wrongOn(page)).map((line) => `drawer: ${line}`));
    expect.deepEqual(wrong, []);
  },
};
