// Every page in both schemes and two widths, to look at: `npm run pictures [name…]`.
import { mkdir } from 'node:fs/promises';
import { inAllLooks } from './axe.mjs';
import { freshPage, launch, signInAt } from './browser.mjs';
import { PERSON } from './furnish.mjs';
import { furnishedPlace } from './places.mjs';
import { routesOf, settled } from './routes.mjs';

const FOLDER = new URL('pictures/', import.meta.url);
const names = process.argv.slice(2);

await mkdir(FOLDER, { recursive: true });
const browser = await launch();
const place = await furnishedPlace();
const heard = [];
const outside = await freshPage(browser, place.base, heard);
const inside = await freshPage(browser, place.base, heard);
await signInAt(place.base)(inside, PERSON);
for (const { name, path, door } of await routesOf(place.house, place.made)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const page = door ? outside : inside;
  try {
    await page.setViewportSize({ width: 1360, height: 900 });
    await page.goto(`${place.base}${path}`);
    await settled(page);
    await inAllLooks(page, async (look) => {
      await settled(page);
      const file = `${name}-${look.replace(' ', '-')}.png`;
      await page.screenshot({ path: new URL(file, FOLDER).pathname, fullPage: true, animations: 'disabled' });
    });
    console.log(name);
  } catch (error) {
    console.log(`${name}: ${error.message.split('\n')[0]}`);
  }
}
for (const { bad, text } of heard) if (bad) console.log(text);
await browser.close();
await place.close();
