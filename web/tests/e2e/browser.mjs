// A real Chromium, and pages whose every complaint is heard.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const NAMES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? NAMES.find((name) => existsSync(name));
  if (!executablePath) throw new Error('there is no chromium here: set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A fresh context with a page that puts what goes wrong into `heard`; only `base` may be asked for anything. */
export async function freshPage(browser, base, heard, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    const { url } = message.location();
    heard.push({
      bad: message.type() === 'error',
      text: `${message.type()}: ${message.text()}${url ? ` @ ${url}` : ''}`,
    });
  });
  page.on('pageerror', (error) => heard.push({ bad: true, text: `page error: ${error.stack ?? error}` }));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(base).origin)
      heard.push({ bad: true, text: `outside request: ${request.method()} ${request.url()}` });
  });
  return page;
}

/** Signs in as a person does, and waits until the app is there. */
export const signInAt = (base) => async (page, person) => {
  await page.goto(`${base}/login`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  await page.locator('#main').waitFor();
};
