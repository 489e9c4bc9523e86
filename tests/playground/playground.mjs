// The page against any server: BASE_URL, and KEY when it asks for one. It makes three tiny films.
import { audit } from './audit.mjs';
import { askForSmallFilm, check, logIn, says, soon, watchedPage, withBrowser } from './browser.mjs';

const url = process.env.BASE_URL;
const key = process.env.KEY ?? '';
const FILM_MS = 120_000; // on a busy machine

await withBrowser(async (browser) => {
  const { page, context, wrong } = await watchedPage(browser, url, { colorScheme: 'light' });

  if (key) {
    await page.waitForSelector('#key');
    check('the login page is sound', (await audit(page)).length === 0, await audit(page));
    await page.fill('#key', 'not-a-key');
    await page.click('.login-form button');
    await page.waitForSelector('#key-wrong:not(:empty)');
    check('a wrong key is told in words', await says(page, '#key-wrong', /not known/));
    await logIn(page, key);
    const cookies = await context.cookies();
    check('the session cookie is kept from scripts', cookies.length > 0 && cookies.every((cookie) => cookie.httpOnly));
  }
  await page.waitForSelector('.gallery:not([aria-busy])');
  if (await page.$('.gallery.empty')) check('the empty page invites', await says(page, '.gallery', /No films yet/));

  // --- keys and form
  await page.keyboard.press('/');
  check('/ goes to the prompt', await soon(page, () => document.activeElement.id === 'prompt'));
  await page.keyboard.press('Control+Enter');
  check('nothing is sent without words', await says(page, '#composer-wrong', /what should happen/));
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('?');
  check('? shows the keys', await soon(page, () => document.querySelector('dialog.keys').open));
  await page.keyboard.press('Escape');
  check('Esc closes them', await soon(page, () => !document.querySelector('dialog.keys').open));
  await page.click('.examples button >> nth=1');
  check('an example fills the prompt', await soon(page, () => document.getElementById('prompt').value.length > 20));
  check('the page is sound by day', (await audit(page)).length === 0, await audit(page));

  await askForSmallFilm(page, 'A steel ball is dropped from 1 metre onto a concrete floor. <b>"It\'s"</b>');
  await page.fill('[aria-label="Width in pixels"]', '321');
  await page.click('button.create');
  check('an odd size is told in words', await says(page, '#composer-wrong', /even/));
  await page.fill('[aria-label="Width in pixels"]', '320');

  await page.click('.code summary');
  for (const [tab, mark] of [['curl', "--form-string 'size=320x180'"], ['node', 'client.videos.create({'], ['python', 'extra_body={"quality": "draft"}']]) {
    await page.click(`#tab-${tab}`);
    check(`the code in ${tab} follows the form`, await soon(page, (want) => document.getElementById('code-text').textContent.includes(want), mark));
  }
  await page.click('.code summary');

  // --- a film
  await page.focus('#prompt');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.stage [role=progressbar]');
  check('a film that is made has progress', true);
  check('words are shown as words', (await says(page, '.stage h2', /<b>"It's"<\/b>/)) && !(await page.$('.stage h2 b')));
  await page.waitForSelector('.stage video', { timeout: FILM_MS });
  check('the stage is sound', (await audit(page)).length === 0, await audit(page));
  await page.waitForFunction(() => document.querySelector('.stage video').readyState >= 1);
  check('the player has the film', await page.evaluate(() => document.querySelector('.stage video').videoWidth > 0));
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(' ');
  await page.waitForFunction(() => document.querySelector('.stage video').currentTime > 0.2);
  check('space plays', true);
  await page.waitForSelector('.stage .chips li');
  check('what was understood is shown', (await page.$$('.stage .chips li')).length > 0);
  await page.check('.stage .check input');
  check('the player repeats when told', await soon(page, () => document.querySelector('.stage video').loop));
  for (const link of await page.$$eval('.stage a.action, .stage .as-data a', (all) => all.map((a) => a.href))) {
    const answer = await context.request.get(link);
    check(`${new URL(link).pathname.split('/').pop()} can be had`, answer.ok() && (await answer.body()).length > 0, answer.status());
  }

  // --- and another from it
  await page.click('.stage .action:has-text("Remix")');
  await page.fill('.stage .change textarea', 'make the ball blue');
  await page.click('.stage .change button.primary');
  await page.waitForSelector('.stage .facts a');
  check('a remix names its parent', await says(page, '.stage .facts', /from this film/));
  await page.waitForSelector('.stage video', { timeout: FILM_MS });
  await page.click('.stage-head .round');
  await page.waitForSelector('.film-card');
  check('both films are in the list', await soon(page, () => document.querySelectorAll('.film-card').length >= 2));

  // --- the viewer
  await page.focus('.film-card >> nth=0');
  await page.keyboard.press('ArrowRight');
  check('arrows walk the list', await soon(page, () => document.activeElement === document.querySelectorAll('.film-card')[1]));
  await page.keyboard.press(' ');
  await page.waitForFunction(() => document.querySelector('dialog[open] video')?.currentTime > 0.1);
  check('space opens and plays', true);
  check('an open film has an address', /#\/film\//.test(page.url()));
  check('the viewer is sound', (await audit(page)).length === 0, await audit(page));
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog.viewer:not([open])', { state: 'attached' });
  check('Esc closes the film and gives the focus back', await soon(page, () => document.activeElement.classList.contains('film-card') && !location.hash));

  await page.fill('input[type=search]', 'blue');
  const allBlue = () => {
    const captions = [...document.querySelectorAll('.film-card .caption')];
    return captions.length > 0 && captions.every((caption) => /blue/.test(caption.textContent));
  };
  check('search finds by words', await soon(page, allBlue));
  await page.fill('input[type=search]', '');
  await page.waitForFunction(() => document.querySelectorAll('.film-card').length >= 2);

  // --- delete, take back, delete
  const count = (await page.$$('.film-card')).length;
  const first = (await page.getAttribute('.film-card >> nth=0', 'href')).split('/').pop();
  const remove = async () => {
    await page.click('.film-card >> nth=0');
    await page.click('dialog .action.danger');
    await page.waitForFunction((n) => document.querySelectorAll('.film-card').length === n, count - 1);
  };
  await remove();
  await page.click('.notice button.link');
  check('a deleted film comes back', await soon(page, (n) => document.querySelectorAll('.film-card').length === n, count));
  await remove();
  await page.waitForResponse((response) => response.request().method() === 'DELETE' && response.url().endsWith(first));
  check('a deleted film is gone from the server', (await context.request.get(`${url}/v1/videos/${first}`)).status() === 404);

  // --- by night, on a phone, without motion
  await page.click('[aria-label="Dark colours"]');
  await page.reload();
  await page.waitForSelector('.film-card');
  check('the chosen theme stays', await page.evaluate(() => document.documentElement.dataset.theme === 'dark'));
  check('the page is sound by night', (await audit(page)).length === 0, await audit(page));
  await page.setViewportSize({ width: 360, height: 640 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.click('.code summary');
  check('the page is sound at 360 pixels', (await audit(page)).length === 0, await audit(page));
  await askForSmallFilm(page, 'A rubber ball is dropped from 1 metre onto a wooden floor.');
  await page.click('button.create');
  await page.waitForSelector('.stage [role=progressbar]');
  check('nothing moves for those who asked', await page.evaluate(() => document.getAnimations().length === 0));
  check('the making is sound at 360 pixels', (await audit(page)).length === 0, await audit(page));
  await page.waitForSelector('.stage video', { timeout: FILM_MS });
  check('the film is sound at 360 pixels', (await audit(page)).length === 0, await audit(page));

  if (key) {
    await page.click('[aria-label="Log out"]');
    await page.waitForSelector('#key');
    check('after logging out nothing is answered', (await context.request.get(`${url}/v1/videos`)).status() === 401);
  }
  check('no errors, nothing from elsewhere', wrong.length === 0, wrong);
});
