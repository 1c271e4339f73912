// On a phone nothing runs out of the screen or into each other, and the menu works (study §6, 16).
import { routesOf, settled, visit } from '../routes.mjs';

/** Pairs of what stands in the page's head and lies over each other, and how far the page is too wide. */
const troubles = () => {
  const out = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) out.push(`${wide} px too wide`);
  const boxes = [
    ...document.querySelectorAll('.page-head :is(h1, a, button), .top-bar :is(a, button), .crumbs a'),
  ]
    .map((it) => ({ it, box: it.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  for (const [at, one] of boxes.entries()) {
    if (one.box.right > document.documentElement.clientWidth + 0.5)
      out.push(`"${one.it.textContent}" runs out of the screen`);
    for (const two of boxes.slice(at + 1)) {
      const over =
        Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left) > 1 &&
        Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top) > 1;
      if (over && !one.it.contains(two.it) && !two.it.contains(one.it))
        out.push(`"${one.it.textContent}" lies over "${two.it.textContent}"`);
    }
  }
  return out;
};

export default {
  name: 'nothing runs out of a phone, and the menu works',
  needs: ['furnished'],
  context: { viewport: { width: 390, height: 844 } },
  timeout: 300_000,
  async run({ page, newPage, house, made, base, signIn, expect }) {
    const outside = await newPage();
    await signIn(page);
    const wrong = [];
    for (const route of await routesOf(house, made)) {
      const at = route.door ? outside : page;
      if (!(await visit(at, base, route, wrong))) continue;
      // 640 wide is what is left of 1280 when all is twice as large.
      for (const width of [640, 390, 320]) {
        await at.setViewportSize({ width, height: 700 });
        await settled(at);
        wrong.push(...(await at.evaluate(troubles)).map((line) => `${route.name} ${width}: ${line}`));
      }
    }
    expect.deepEqual(wrong, []);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${base}/activity`);
    await settled(page);
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    const places = page.getByRole('navigation', { name: 'Main' });
    await places.waitFor({ state: 'hidden' });
    await menu.click();
    await places.getByRole('link', { name: /^Monitors/ }).click();
    await page.getByRole('heading', { name: 'Monitors', level: 1 }).waitFor();
    await places.waitFor({ state: 'hidden' });
    await menu.click();
    await places.getByRole('link', { name: /^Deliveries/ }).focus();
    await page.keyboard.press('Escape');
    await places.waitFor({ state: 'hidden' });
  },
};
