// What axe finds wrong with a page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What depends on colours alone. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What is wrong, one line each: the rule, the element, and why. */
export async function wrongOn(page, { onlyColours = false } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const runOnly = onlyColours ? { type: 'rule', values: COLOURS } : { type: 'tag', values: TAGS };
  const found = await page.evaluate(
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    runOnly,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => {
      const why = failureSummary.split('\n').slice(1, 3).join(' ').trim();
      return `${id}: ${html.slice(0, 140)} (${why.slice(0, 160)})`;
    }),
  );
}

export const SCHEMES = ['light', 'dark'];
export const WIDTHS = [1360, 390];

/** Does something in both schemes and widths of a page that is open. */
export async function inAllLooks(page, act) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction(
        (scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
        colorScheme,
      );
      await act(`${colorScheme} ${width}`, colorScheme);
    }
  }
}
