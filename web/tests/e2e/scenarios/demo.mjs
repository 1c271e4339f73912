// `make demo` ends in the browser: one link, and data is already moving.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { program } from '../house.mjs';

export default {
  name: 'the demo prints a link that leads to deliveries which come in by themselves',
  needs: [],
  async run({ newPageAt, expect, until }) {
    const child = spawn(program, ['demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let link;
      createInterface({ input: child.stdout }).on('line', (line) => (link ??= /^Open (\S+)/.exec(line)?.[1]));
      await until('the link', () => link);
      const page = await newPageAt(new URL(link).origin);
      await page.goto(link);
      await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
      expect.equal(new URL(page.url()).hash, '', 'the token is out of the address');
      const grid = page.getByRole('grid', { name: 'Deliveries' });
      const count = async () => Number(await grid.getAttribute('aria-rowcount'));
      await page
        .getByRole('row', { name: /Every result/ })
        .first()
        .waitFor();
      const before = await count();
      await until('more of them', async () => (await count()) > before);
      await page.close();
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    }
  },
};
