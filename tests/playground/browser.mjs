// What the browser tests share: Chromium, a page that is watched for mistakes, and a way to say what
// was checked.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../apps/web/package.json', import.meta.url));
const { chromium } = require('playwright-core');

let failed = 0;

export function check(what, truth, more = '') {
  if (truth) return console.log(`ok   ${what}`);
  failed += 1;
  console.log(`FAIL ${what} ${more}`);
}

export async function withBrowser(body) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    await body(browser);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${error.stack ?? error}`);
  } finally {
    await browser.close();
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

// A page of its own session. `wrong` gathers uncaught errors, broken policies, requests to elsewhere.
export async function watchedPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) wrong.push(message.text());
  });
  const home = new URL(url).origin;
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== home) wrong.push(`asked ${origin}`);
  });
  await page.goto(url);
  return { page, context, wrong };
}

export async function logIn(page, key) {
  await page.fill('#key', key);
  await page.click('.login-form button');
  await page.waitForSelector('#prompt');
}

// The smallest film that a real server makes quickly.
export async function askForSmallFilm(page, prompt) {
  await page.fill('#prompt', prompt);
  await page.selectOption('select[aria-label="Size"]', 'own');
  await page.fill('[aria-label="Width in pixels"]', '320');
  await page.fill('[aria-label="Height in pixels"]', '180');
  await page.selectOption('select[aria-label="Length"]', 'own');
  await page.fill('[aria-label="Seconds"]', '1');
  await page.selectOption('select[aria-label="Quality"]', 'draft');
}

// Whether something becomes true soon. The page answers when it can, which on a busy machine is later.
export async function soon(page, test, argument) {
  try {
    await page.waitForFunction(test, argument);
    return true;
  } catch {
    return false;
  }
}

export const says = (page, selector, pattern) =>
  soon(page, ([where, source, flags]) => new RegExp(source, flags).test(document.querySelector(where)?.textContent ?? ''), [selector, pattern.source, pattern.flags]);
