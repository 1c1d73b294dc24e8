// Opens pages of a dashboard in Chromium and says what each takes, a line of JSON each.
// Call: node browser.mjs ADDRESS CHROMIUM TIMES, and a JSON object {pages: [path], filters: [path]} on standard input.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [address, executablePath, times] = process.argv.slice(2);
const { pages, filters } = JSON.parse(readFileSync(0, 'utf8'));

function paint() {
  return new Promise(resolve =>
    new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
      .observe({ type: 'largest-contentful-paint', buffered: true }));
}

async function open(page, path) {
  const requests = [];
  const watch = response => requests.push(response);
  page.on('response', watch);
  const answer = await page.goto(address + path);
  const largest = await page.evaluate(paint);
  const loaded = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
  page.off('response', watch);
  const scripts = requests.filter(response => response.request().resourceType() === 'script');
  return {
    path,
    status: answer.status(),
    html: (await answer.body()).length,
    data: requests.filter(response => !new URL(response.url()).pathname.startsWith('/assets/')).length,
    scripts: (await Promise.all(scripts.map(response => response.body()))).reduce((sum, body) => sum + body.length, 0),
    paint: largest,
    loaded,
  };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const path of pages) {
    for (let i = 0; i < Number(times); i++) {
      // A context of its own: nothing is cached.
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      console.log(JSON.stringify({ kind: 'cold', ...await open(await context.newPage(), path) }));
      await context.close();
    }
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  for (const path of filters) {
    console.log(JSON.stringify({ kind: 'filter', ...await open(page, path) }));
  }
} finally {
  await browser.close();
}
