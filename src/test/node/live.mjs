// Watches the live page of a dashboard while a live job publishes, and says what is wrong, a line each; the last line is "DONE".
// Call: node live.mjs ADDRESS CHROMIUM FOLDER; FOLDER gets pictures.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { accessible, problem, watch } from './checks.mjs';

const [address, executablePath, folder] = process.argv.slice(2);
const patience = { timeout: 180_000, polling: 200 };
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

const units = page => page.locator('[data-figure="units_sold"] .figure').innerText();

try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.listened = [];
    globalThis.EventSource = class extends EventSource {
      constructor(...address) {
        super(...address);
        globalThis.listened.push(this);
      }
    };
  });
  watch(page, 'live');
  // Whatever the job has published when the page is opened, the rest comes without a reload.
  await page.goto(address + 'live?by=region');
  await page.evaluate(() => { globalThis.opened = true; });
  await page.waitForFunction(() => document.querySelectorAll('main tbody th a').length > 0, null, patience);
  const first = await units(page);
  const link = page.locator('main tbody th a').first();
  await link.focus();
  const focused = await link.getAttribute('href');
  await page.waitForFunction(
    before => document.querySelector('[data-figure="units_sold"] .figure').innerText !== before, first, patience);
  console.log(`UNITS ${first} ${await units(page)}`);
  await page.waitForFunction(
    () => /^\d+ s$/.test(document.querySelector('[data-figure="newest_pane"] .figure').innerText), null, patience);
  if (!await page.evaluate(() => globalThis.opened)) {
    problem('live', 'the page was loaded again');
  }
  if (await page.evaluate(() => document.activeElement.getAttribute('href')) !== focused) {
    problem('live', 'new figures take the focus away');
  }
  if (await page.locator('#live-notice').isVisible()) {
    problem('live', `says ${await page.locator('#live-notice').innerText()}`);
  }
  if (await page.locator('svg.chart.wide .line.before').count() !== 1) {
    problem('live', 'has no line of past weeks');
  }
  await accessible(page, 'live while it changes');
  const hide = hidden => page.evaluate(is => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => is });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  const listening = () => page.evaluate(() => globalThis.listened.filter(source => source.readyState !== EventSource.CLOSED).length);
  await hide(true);
  if (await listening() !== 0) {
    problem('live', 'a page that nobody sees is kept fresh');
  }
  const unseen = await page.locator('[data-figure="newest_event"] .figure').innerText();
  await hide(false);
  if (await listening() !== 1) {
    problem('live', 'a page that comes back is not kept fresh');
  }
  await page.waitForFunction(
    old => document.querySelector('[data-figure="newest_event"] .figure').innerText !== old, unseen, patience);
  await context.close();

  for (const [path, colorScheme, width] of [
    ['live', 'light', 1280], ['live', 'dark', 1280], ['live?lang=fr', 'light', 1280], ['live?lang=fr&by=dealer', 'light', 400]]) {
    const look = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const shown = await look.newPage();
    const where = `running ${path} ${colorScheme} ${width}`;
    watch(shown, where);
    await shown.goto(address + path);
    await accessible(shown, where);
    await shown.screenshot({ path: join(folder, where.replace(/\W+/g, '_') + '.png'), fullPage: true });
    await look.close();
  }

  const scriptless = await browser.newContext({ javaScriptEnabled: false });
  const plain = await scriptless.newPage();
  watch(plain, 'live without scripts');
  await plain.goto(address + 'live');
  const before = Number((await units(plain)).replace(/\D/g, ''));
  if (!(before > 0)) {
    problem('live without scripts', `shows ${before} units`);
  }
  await plain.click('.again a');
  if (Number((await units(plain)).replace(/\D/g, '')) < before) {
    problem('live without scripts', 'the link shows older figures');
  }
  console.log('DONE');
} finally {
  await browser.close();
}
