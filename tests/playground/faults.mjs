// The page when things go wrong: only the mock (apps/web/dev/mock.mjs --past 50) can be made to.
import { audit } from './audit.mjs';
import { askForSmallFilm, check, says, watchedPage, withBrowser } from './browser.mjs';

const url = process.env.BASE_URL;

await withBrowser(async (browser) => {
  const { page, wrong } = await watchedPage(browser, url);
  await page.waitForSelector('.film-card');
  const cards = async () => (await page.$$('.film-card')).length;

  check('the list begins with one page', (await cards()) <= 40);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForFunction(() => document.querySelectorAll('.film-card').length > 20);
  for (let i = 0; i < 4; i++) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(150);
  }
  await page.waitForFunction(() => document.querySelectorAll('.film-card').length === 50);
  const ids = await page.$$eval('.film-card', (all) => all.map((card) => card.hash));
  check('scrolling brings every film once', new Set(ids).size === 50);

  await page.hover('.film-card >> nth=0');
  await page.mouse.move(300, 300);
  await page.evaluate(() => scrollTo(0, 0));

  await askForSmallFilm(page, 'The server is busy.');
  await page.click('button.create');
  await page.waitForSelector('#composer-wrong:not(:empty)');
  check('a refusal says what and when to try again', await says(page, '#composer-wrong', /Too many films.*Wait 20 s/));
  check('the words are kept', (await page.inputValue('#prompt')) === 'The server is busy.');

  await askForSmallFilm(page, 'This is blocked.');
  await page.click('button.create');
  await page.waitForSelector('.failure-words');
  check('moderation is told with its remedy', await says(page, '.failure-words', /moderation.*Change the words/s));
  check('a failure is sound', (await audit(page)).length === 0, await audit(page));

  await askForSmallFilm(page, 'A unicorn that can be smelled runs forever. What a smell!');
  await page.selectOption('select[aria-label="Variations"]', '4');
  await page.click('button.create');
  await page.waitForSelector('.takes button >> nth=3');
  check('four variations stand side by side', true);
  await page.waitForSelector('.stage .preview');
  check('frames come while it is made', /preview\?n=/.test(await page.getAttribute('.stage .preview', 'src')));
  await page.waitForSelector('.stage .replaced');
  check('replacements say why', await says(page, '.stage .replaced', /unicorn.*horse.*no unicorn is known/s));
  check('what was left out is told', await says(page, '.stage .report', /Left out.*smell/s));
  await page.waitForFunction(() => [...document.querySelectorAll('.takes button')].every((take) => /%/.test(take.textContent)));
  check('more films than streams are followed', true);

  // --- the server goes away and comes back
  await page.evaluate(() => fetch('/mock/down?ms=2500', { method: 'POST' }));
  await page.waitForSelector('.banner');
  check('a lost server is told', await says(page, '.banner', /does not answer/));
  check('the banner is sound', (await audit(page)).length === 0, await audit(page));
  await page.waitForSelector('.banner', { state: 'detached', timeout: 15_000 });
  check('the page finds it again by itself', true);
  await page.click('.stage .making .ghost');
  await page.waitForFunction(() => /Stopped/.test(document.querySelector('.stage .facts').textContent));
  check('a stopped film is told as stopped', !(await page.$('.stage .failure-words')));

  // --- a picture
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.setInputFiles('#picture', { name: 'a.gif', mimeType: 'image/gif', buffer: png });
  check('a wrong kind of picture is told', await says(page, '#composer-wrong', /JPEG, PNG or WebP/));
  await page.setInputFiles('#picture', { name: 'a.png', mimeType: 'image/png', buffer: png });
  await page.waitForSelector('.picture img');
  check('a picture is shown', true);
  await page.evaluate((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], 'dropped.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, bubbles: true }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [...png]);
  await page.click('.code summary');
  await page.click('#tab-curl');
  await page.waitForFunction(() => document.getElementById('code-text').textContent.includes('input_reference=@"dropped.png"'));
  check('a dropped picture takes its place', true);
  await page.selectOption('select[aria-label="Variations"]', '1');
  await page.fill('#prompt', 'A picture comes to life.');
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/v1/videos')), page.click('button.create')]);
  check('the picture is sent', /multipart/.test(sent.headers()['content-type'] ?? ''));
  await page.waitForSelector('.stage video', { timeout: 30_000 });

  check('no errors, nothing from elsewhere', wrong.length === 0, wrong);
});
