// What the scripts that open pages check of each.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Says what is wrong, a line each.
export function problem(where, what) {
  console.log(`PROBLEM ${where}: ${what}`);
}

// Says what a page reports, and whom it asks beside this machine; a page that is a file may ask for itself only.
export function watch(page, where) {
  page.on('console', message => message.type() === 'error' && problem(where, `console: ${message.text()}`));
  page.on('pageerror', error => problem(where, `script: ${error}`));
  page.on('request', request => {
    if (new URL(request.url()).hostname !== '127.0.0.1' && !where.startsWith(`${request.url()} `) && request.url() !== 'data:,') {
      problem(where, `asks ${request.url()}`);
    }
  });
}

// Says what axe finds, of any impact, and what is wider than the screen; returns how many checks passed.
export async function accessible(page, where) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of result.violations) {
    problem(where, `${violation.id} (${violation.impact}): ${violation.nodes[0].html} ${violation.nodes[0].failureSummary}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) {
    problem(where, `is ${overflow} pixels wider than the screen`);
  }
  return result.passes.length;
}
