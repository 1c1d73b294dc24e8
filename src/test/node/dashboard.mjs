// Opens every page of a dashboard in Chromium and says what is wrong with it, a line each; the last line is "DONE".
// Call: node dashboard.mjs ADDRESS CHROMIUM FOLDER [PATH ...]; FOLDER gets pictures. A PATH may be a file's URL, which may ask for itself only.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, executablePath, folder, ...paths] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// A screen of 1280 pixels that is zoomed to 200 % has 640.
const looks = [['light', 1280], ['dark', 1280], ['light', 640], ['light', 400]];
let checks = 0;

function problem(where, what) {
  console.log(`PROBLEM ${where}: ${what}`);
}

function watch(page, where) {
  page.on('console', message => message.type() === 'error' && problem(where, `console: ${message.text()}`));
  page.on('pageerror', error => problem(where, `script: ${error}`));
  page.on('request', request => {
    if (new URL(request.url()).hostname !== '127.0.0.1' && !where.startsWith(`${request.url()} `) && request.url() !== 'data:,') {
      problem(where, `asks ${request.url()}`);
    }
  });
}

async function accessible(page, where) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of result.violations) {
    problem(where, `${violation.id} (${violation.impact}): ${violation.nodes[0].html} ${violation.nodes[0].failureSummary}`);
  }
  checks += result.passes.length;
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) {
    problem(where, `is ${overflow} pixels wider than the screen`);
  }
}

async function reachable(page, where) {
  await page.keyboard.press('Tab');
  if (await page.evaluate(() => document.activeElement.className) !== 'skip') {
    problem(where, 'the first key does not lead to the link that skips the menu');
  }
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, select, summary, [tabindex="0"]')].filter(e => e.checkVisibility()).length);
  const seen = await page.evaluate(() => { globalThis.seen = new Set([document.activeElement]); return 1; });
  for (let i = seen; i < wanted + 5; i++) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => document.activeElement !== document.body && globalThis.seen.add(document.activeElement));
  }
  const reached = await page.evaluate(() => globalThis.seen.size);
  if (reached < wanted) {
    problem(where, `the keyboard reaches ${reached} of ${wanted}`);
  }
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const [colorScheme, width] of looks) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    for (const path of paths) {
      const where = `${path} ${colorScheme} ${width}`;
      const page = await context.newPage();
      watch(page, where);
      const answer = await page.goto(path.startsWith('file:') ? path : address + path);
      if (!path.startsWith('file:') && answer.status() !== 200) {
        problem(where, `status ${answer.status()}`);
      }
      await accessible(page, where);
      if (colorScheme === 'light' && width === 1280) {
        await reachable(page, where);
      }
      await page.screenshot({ path: join(folder, where.replace(/^.*\/(?=\S)/, '').replace(/\W+/g, '_') + '.png'), fullPage: true });
      await page.close();
    }
    await context.close();
  }
  const scriptless = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await scriptless.newPage();
  watch(page, 'without scripts');
  await page.goto(address + 'overview');
  await page.selectOption('select[name=region]', { index: 1 });
  await page.click('form.filters button');
  console.log('FILTERED ' + new URL(page.url()).search);
  await page.click('nav.menu a[href^="/sales"]');
  console.log('FOLLOWED ' + new URL(page.url()).search);
  console.log('UNITS ' + await page.locator('section:last-of-type tfoot td').first().innerText());
  await page.click('section:last-of-type tbody th a');
  await page.click('section:last-of-type tbody th a');
  console.log('DRILLED ' + new URL(page.url()).search);
  await page.goBack();
  console.log('BACK ' + new URL(page.url()).search);
  console.log(`CHECKS ${checks}`);
  console.log('DONE');
} finally {
  await browser.close();
}
