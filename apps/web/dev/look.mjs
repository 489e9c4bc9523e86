// Pictures of every state of the page, to be looked at: node dev/look.mjs OUT_DIR OPEN_URL [LOCKED_URL]
// OPEN_URL is a mock without a key and with past films, LOCKED_URL one with a key.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [out, open, locked] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const sizes = { phone: { width: 390, height: 844 }, small: { width: 360, height: 640 }, desktop: { width: 1280, height: 800 } };
const only = process.env.ONLY?.split(',');

for (const [name, viewport] of Object.entries(sizes))
  for (const colorScheme of ['light', 'dark']) {
    if (name === 'small' && colorScheme === 'dark') continue;
    const context = await browser.newContext({ viewport, colorScheme, hasTouch: name !== 'desktop', isMobile: name !== 'desktop' });
    const page = await context.newPage();
    page.on('pageerror', (error) => console.log('ERROR', error.message));
    page.on('console', (message) => /Content Security/.test(message.text()) && console.log(message.text()));
    const shot = async (what, full = false) => page.screenshot({ path: join(out, `${what}-${name}-${colorScheme}.png`), fullPage: full });
    const wanted = (what) => !only || only.includes(what);
    const wide = async (what) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) console.log(`${what} ${name}: ${over} px too wide`);
    };
    const create = async (prompt, settings = {}) => {
      await page.fill('#prompt', prompt);
      for (const [label, value] of Object.entries(settings)) await page.selectOption(`select[aria-label="${label}"]`, value);
      await page.click('button.create');
    };
    await page.goto(open);
    await page.waitForSelector('.film-card');
    await page.waitForTimeout(500);
    if (wanted('home')) await shot('home');
    await wide('home');
    if (wanted('code')) {
      await page.fill('#prompt', "A cat says 'hello' to a @dog.");
      await page.click('.code summary');
      await page.click('#tab-python');
      await shot('code', true);
      await wide('code');
      await page.click('.code summary');
    }
    if (wanted('own')) {
      await page.fill('#prompt', 'The castle of this picture falls down, stone by stone, as the tide comes in.');
      await page.setInputFiles('#picture', { name: 'castle.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 180 } }) });
      await page.selectOption('select[aria-label="Size"]', 'own');
      await page.selectOption('select[aria-label="Length"]', 'own');
      await page.fill('[aria-label="Width in pixels"]', '321');
      await page.click('button.create');
      await page.waitForTimeout(200);
      await shot('own');
      await wide('own');
      await page.click('[aria-label="Take the picture away"]');
      await page.selectOption('select[aria-label="Size"]', '1280x720');
      await page.selectOption('select[aria-label="Length"]', '4');
    }
    if (wanted('queued')) {
      await create('A steel ball rolls forever.');
      await page.waitForSelector('.stage .bar.waiting');
      await page.waitForTimeout(300);
      await shot('queued');
    }
    if (wanted('progress')) {
      await page.goto(open);
      await page.waitForSelector('.film-card');
      await page.reload();
      await page.waitForSelector('.film-card');
      await create('A unicorn made of glass runs forever and the smell of grass rises.', { Size: '1280x720' });
      await page.waitForSelector('.stage .preview');
      await page.waitForTimeout(1800);
      await shot('progress');
      await wide('progress');
      await page.locator('#stage').scrollIntoViewIfNeeded();
      await page.click('.making .ghost');
      await page.waitForTimeout(300);
    }
    if (wanted('finished')) {
      await page.click('.stage-head .round').catch(() => {});
      await create('A clay unicorn jumps over a wooden fence on a meadow.', { Variations: '2', Size: name === 'phone' ? '720x1280' : '1280x720' });
      await page.waitForSelector('.stage video', { timeout: 20000 });
      await page.waitForTimeout(800);
      await shot('finished');
      await page.click('.stage .action:has-text("Extend")');
      await page.waitForTimeout(300);
      await shot('extend', true);
      await wide('extend');
      await page.click('.stage-head .round');
    }
    if (wanted('failed')) {
      await create('The film shall fail.');
      await page.waitForSelector('.failure');
      await page.waitForTimeout(300);
      await shot('failed');
      await page.click('.stage-head .round');
    }
    if (wanted('refused')) {
      await create('The server is busy.');
      await page.waitForSelector('#composer-wrong:not(:empty)');
      await page.evaluate(() => scrollTo(0, 0));
      await shot('refused');
    }
    if (wanted('viewer')) {
      await page.locator('.film-card').nth(3).click();
      await page.waitForSelector('dialog video');
      await page.waitForTimeout(1200);
      await shot('viewer');
      await page.keyboard.press('Escape');
    }
    if (wanted('keys')) {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('?');
      await shot('keys');
      await page.keyboard.press('Escape');
    }
    if (wanted('deleted')) {
      await page.locator('.film-card').nth(2).click();
      await page.click('dialog .action.danger');
      await page.waitForTimeout(400);
      await shot('deleted');
      await page.click('.notice .link');
    }
    if (wanted('lost')) {
      await page.evaluate(() => fetch('/mock/down?ms=2500', { method: 'POST' }));
      await page.fill('#prompt', 'Anything.');
      await page.click('button.create').catch(() => {});
      await page.waitForSelector('.banner');
      await page.evaluate(() => scrollTo(0, 0));
      await shot('lost');
      await page.waitForSelector('.banner', { state: 'detached', timeout: 12000 });
    }
    if (locked && wanted('login')) {
      await context.clearCookies();
      await page.goto(locked);
      await page.waitForSelector('#key');
      await shot('login');
      await page.fill('#key', 'wrong');
      await page.click('button.primary');
      await page.waitForSelector('#key-wrong:not(:empty)');
      await shot('login-wrong');
      await page.fill('#key', 'secret');
      await page.click('button.primary');
      await page.waitForSelector('.gallery.empty');
      await shot('empty');
      await wide('empty');
    }
    await context.close();
  }
await browser.close();
