// The browser's scenarios, one after the other: `npm run e2e`, `node tests/e2e/run.mjs deliveries inbox --shard=1/2`.
import expect from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { freshPage, launch, signInAt } from './browser.mjs';
import { PERSON } from './furnish.mjs';
import { until } from './house.mjs';
import { emptyPlace, furnishedPlace } from './places.mjs';

const FOLDER = new URL('scenarios/', import.meta.url);
const PICTURES = new URL('pictures/failed/', import.meta.url);

class Skipped extends Error {}
const skip = (reason) => {
  throw new Skipped(reason);
};

/** What a scenario is given of the browser; all that goes wrong on its pages is in `heard`. */
function stage(browser, place, heard) {
  const pages = [];
  const newPageAt = async (base, options) => {
    const page = await freshPage(browser, base, heard, options);
    pages.push(page);
    return page;
  };
  const newPage = (options) => newPageAt(place.base, options);
  const signIn = (page, person = PERSON) => signInAt(place.base)(page, person);
  return {
    pages,
    given: { ...place, browser, newPage, newPageAt, signIn, expect, until, skip, person: PERSON },
  };
}

/** Plays one scenario; answers what went wrong, in words, or nothing. */
async function play(scenario, browser, place) {
  const heard = [];
  const { pages, given } = stage(browser, place, heard);
  let trouble;
  let timer;
  try {
    const page = place.base && (await given.newPage(scenario.context));
    const late = new Promise((_, lost) => {
      const ms = scenario.timeout ?? 90_000;
      timer = setTimeout(() => lost(new Error(`not done after ${ms} ms`)), ms);
    });
    await Promise.race([scenario.run({ ...given, page }), late]);
    const allowed = scenario.allow ?? [];
    const bad = heard.filter(({ bad, text }) => bad && !allowed.some((allow) => allow.test(text)));
    if (bad.length > 0) trouble = bad.map(({ text }) => text).join('\n');
  } catch (error) {
    if (error instanceof Skipped) throw error;
    trouble = error.stack ?? String(error);
  } finally {
    clearTimeout(timer);
  }
  if (trouble) trouble = `${trouble}\n${await evidence(scenario, pages, heard)}`;
  await Promise.allSettled(pages.map((page) => page.context().close()));
  return trouble;
}

/** A picture of each page, its address, and what it said last. */
async function evidence(scenario, pages, heard) {
  await mkdir(PICTURES, { recursive: true });
  const lines = [];
  for (const [at, page] of pages.entries()) {
    if (page.isClosed()) continue;
    const picture = new URL(`${scenario.file}${at ? `-${at}` : ''}.png`, PICTURES).pathname;
    lines.push(`at ${page.url()}, picture ${picture}`);
    await page.screenshot({ path: picture }).catch((error) => lines.push(`no picture: ${error.message}`));
  }
  return [...lines, ...heard.slice(-8).map(({ text }) => `  console ${text}`)].join('\n');
}

async function chosen() {
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const shard = process.argv.map((word) => /^--shard=(\d+)\/(\d+)$/.exec(word)).find(Boolean);
  const [part, parts] = shard ? [Number(shard[1]), Number(shard[2])] : [1, 1];
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.mjs')).sort();
  const wanted = files.filter(
    (file) => words.length === 0 || words.some((word) => file.includes(word.replace(/\.mjs$/, ''))),
  );
  const mine = wanted.filter((_, at) => at % parts === part - 1);
  const load = async (file) => {
    const { default: one } = await import(new URL(file, FOLDER)).catch((error) => ({
      default: { name: 'could not be loaded', run: () => Promise.reject(error) },
    }));
    return (Array.isArray(one) ? one : [one]).map((it) => ({ ...it, file: file.replace('.mjs', '') }));
  };
  return (await Promise.all(mine.map(load))).flat();
}

const scenarios = await chosen();
let browser = await launch();
const count = { passed: 0, failed: 0 };
const skipped = [];
let furnished;
for (const scenario of scenarios) {
  const began = Date.now();
  const name = `${scenario.file}: ${scenario.name}`;
  if (!browser.isConnected()) browser = await launch();
  const needs = scenario.needs ?? [];
  let own;
  try {
    let place = {};
    if (needs.includes('empty')) place = own = await emptyPlace();
    if (needs.includes('furnished')) place = furnished ??= await furnishedPlace();
    const trouble = await play(scenario, browser, place);
    count[trouble ? 'failed' : 'passed'] += 1;
    console.log(`${trouble ? 'FAILED' : 'ok'}  ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
    if (trouble) console.log(trouble.replace(/^/gm, '    '));
  } catch (error) {
    if (error instanceof Skipped) {
      skipped.push(`${scenario.file}: ${error.message}`);
      console.log(`skip  ${name}  ${error.message}`);
    } else {
      count.failed += 1;
      console.log(`FAILED  ${name}\n${(error.stack ?? String(error)).replace(/^/gm, '    ')}`);
    }
  }
  await own?.close();
}
await browser.close();
await furnished?.close();
const why = skipped.length > 0 ? ` (${skipped.join('; ')})` : '';
console.log(`web: ${count.passed} passed, ${count.failed} failed, ${skipped.length} skipped${why}`);
process.exit(count.failed > 0 || scenarios.length === 0 ? 1 : 0);
