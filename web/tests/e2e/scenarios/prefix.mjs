// Behind a reverse proxy that serves Postern below a path (study §6, 19).
import { member, PERSON } from '../furnish.mjs';
import { house as newHouse } from '../house.mjs';
import { proxy } from '../proxy.mjs';

export default {
  name: 'the app works below the path of a reverse proxy',
  needs: [],
  // The page asks who it is before it shows the door; the proxy cuts the stream at the end.
  allow: [/401/, /ERR_INCOMPLETE_CHUNKED_ENCODING/],
  async run({ newPageAt, expect }) {
    const front = await proxy('/tools/postern');
    const house = await newHouse({ args: ['--public-url', front.url] });
    front.to = house.url;
    try {
      await member(house, PERSON, 'admin');
      const page = await newPageAt(new URL(front.url).origin);
      // A page deep inside, before signing in: it is come back to.
      await page.goto(`${front.url}/monitors?q=smoke`);
      await page.getByLabel('E-mail').fill(PERSON.email);
      await page.getByLabel('Password', { exact: true }).fill(PERSON.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'Monitors', level: 1 }).waitFor();
      expect.equal(page.url(), `${front.url}/monitors?q=smoke`);
      await page.getByRole('link', { name: 'Collections', exact: true }).click();
      await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();
      expect.equal(new URL(page.url()).pathname, '/tools/postern/collections');
      await page.reload();
      await page.getByRole('heading', { name: 'Collections', level: 1 }).waitFor();
      await page.getByRole('img', { name: /^Live/ }).waitFor();
    } finally {
      front.close();
      await house.stop();
    }
  },
};
