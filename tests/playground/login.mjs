// The one-time link that a server prints at its start. node login.mjs LINK
import { check, watchedPage, withBrowser } from './browser.mjs';

const link = process.argv[2];
await withBrowser(async (browser) => {
  const { page } = await watchedPage(browser, link);
  await page.goto(link);
  await page.click('button');
  await page.waitForSelector('#prompt');
  check('the printed link opens the page', true);
  const { page: again } = await watchedPage(browser, link);
  await again.goto(link);
  await again.click('button');
  await again.waitForLoadState();
  check('and only once', (await again.textContent('body')).includes('used already'));
});
