// A person who wants it dark has it dark from the first picture on, also after reloading.
export default {
  name: 'dark survives reload without a flash',
  needs: ['furnished'],
  async run({ page, base, signIn, expect }) {
    await signIn(page);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect.equal(await ground(), 'rgb(247, 248, 250)');
    await page.getByRole('button', { name: 'Switch colour scheme' }).click();
    expect.equal(await ground(), 'rgb(15, 17, 22)');

    // What each frame looks like from the first on.
    await page.addInitScript(() => {
      window.seen = new Set();
      const look = () => {
        const scheme = document.documentElement?.getAttribute('data-mantine-color-scheme');
        const colour = getComputedStyle(document.documentElement).backgroundColor;
        if (document.body && document.styleSheets.length > 0) window.seen.add(`${scheme} ${colour}`);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`${base}/activity`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect.deepEqual(await page.evaluate(() => [...window.seen]), ['dark rgb(15, 17, 22)']);
  },
};
