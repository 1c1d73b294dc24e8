// Opens every page of a dashboard in Chromium and says what is wrong with it, a line each; the last line is "DONE".
// Call: node dashboard.mjs ADDRESS CHROMIUM FOLDER [PATH ...]; FOLDER gets pictures. A PATH may be a file's URL, which may ask for itself only.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { accessible, problem, watch } from './checks.mjs';

const [address, executablePath, folder, ...paths] = process.argv.slice(2);
// A screen of 1280 pixels that is zoomed to 200 % has 640.
const looks = [['light', 1280], ['dark', 1280], ['light', 640], ['light', 400]];
let checks = 0;

async function reachable(page, where) {
  await page.keyboard.press('Tab');
  if (await page.evaluate(() => document.activeElement.className) !== 'skip') {
    problem(where, 'the first key does not lead to the link that skips the menu');
  }
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
  // A link of a chart that the keyboard passes by is in the chart's table.
  const only = await page.evaluate(() => {
    const links = [...document.querySelectorAll('a[href]:not([tabindex="-1"])')].map(a => a.getAttribute('href'));
    return [...document.querySelectorAll('a[tabindex="-1"]')].map(a => a.getAttribute('href')).filter(href => !links.includes(href));
  });
  if (only.length > 0) {
    problem(where, `the keyboard does not reach ${only}`);
  }
  const wanted = await page.evaluate(() =>
    [...document.querySelectorAll('a[href]:not([tabindex="-1"]), button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
      .filter(e => e.checkVisibility()).length);
  const seen = await page.evaluate(() => { globalThis.seen = new Set([document.activeElement]); return 1; });
  for (let i = seen; i < wanted + 15; i++) {
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
      checks += await accessible(page, where);
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
  await page.goto(address + 'overview');
  await page.click('section[aria-labelledby=drivers_region] tbody th a');
  console.log('CLICKED ' + new URL(page.url()).search);
  await page.click('section[aria-labelledby=drivers_region] tbody th a');
  console.log('LIFTED ' + new URL(page.url()).search + '.');
  await page.fill('input[name=known]', '2024-05-20');
  await page.click('.known button');
  await page.click('nav.menu a[href^="/market"]');
  console.log('KNOWN ' + new URL(page.url()).search);
  await page.goto(address + 'market');
  await page.click('section[aria-labelledby=share_change] svg.wide a');
  console.log('STEP ' + new URL(page.url()).search);
  await page.goto(address + 'sales?period=2024');
  await page.click('section[aria-labelledby=trend] svg.wide a');
  console.log('ZOOMED ' + new URL(page.url()).search);
  console.log(`CHECKS ${checks}`);
  console.log('DONE');
} finally {
  await browser.close();
}
