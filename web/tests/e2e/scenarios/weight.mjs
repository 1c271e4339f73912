// What the first view of a page weighs, and that nothing in it jumps (study §6, 20).
import { settled } from '../routes.mjs';

const MOST_BYTES = 400_000;
const MOST_SHIFT = 0.05;

export default {
  name: 'the first view is light and nothing jumps',
  needs: ['furnished'],
  async run({ page, newPage, made, base, signIn, expect }) {
    await signIn(page);
    const { cookies } = await page.context().storageState();
    const wrong = [];
    for (const path of ['/integrations', '/deliveries', `/monitors/${made.smoke}`]) {
      // A context of its own: nothing is kept from before.
      const fresh = await newPage();
      await fresh.context().addCookies(cookies);
      const network = await fresh.context().newCDPSession(fresh);
      await network.send('Network.enable');
      // What the stream has read again meanwhile is no part of the first view: each address counts once.
      const address = new Map();
      const sizes = new Map();
      network.on('Network.requestWillBeSent', ({ requestId, request }) =>
        address.set(requestId, request.url),
      );
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        const url = address.get(requestId);
        if (!sizes.has(url)) sizes.set(url, encodedDataLength);
      });
      await fresh.addInitScript(() => {
        window.seen = { shift: 0, largest: 0 };
        const watch = (type, take) =>
          new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
            type,
            buffered: true,
          });
        watch('layout-shift', (entry) => entry.hadRecentInput || (window.seen.shift += entry.value));
        watch('largest-contentful-paint', (entry) => (window.seen.largest = entry.startTime));
      });
      await fresh.goto(`${base}${path}`);
      await settled(fresh);
      await fresh.waitForLoadState('load');
      const { shift, largest, first } = await fresh.evaluate(() => ({
        ...window.seen,
        first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      }));
      const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      const told = `${path}: ${Math.round(bytes / 1000)} kB, FCP ${Math.round(first)} ms, LCP ${Math.round(largest)} ms, CLS ${shift.toFixed(3)}`;
      console.log(`      ${told}`);
      if (bytes > MOST_BYTES || shift >= MOST_SHIFT) wrong.push(told);
      await fresh.context().close();
    }
    expect.deepEqual(wrong, []);
  },
};
