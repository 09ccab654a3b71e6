/** The cells of the tests in the kernel of other browsers, which are to show what Chromium shows. */
import assert from 'node:assert/strict';
import { closePages, sharedBrowser } from '../../browser';
import { engines } from '../../engines';
import { cells, errorCells } from './cells';
import { type AnyPage, kernelFiles, WorkerPage } from './worker-page';

const codes = [...cells.map(({ code }) => code), ...errorCells.map(([code]) => code)];

/** Browsers name in their own ways what cannot be gone through. */
const alike = (outcome: string): string =>
  outcome.replace(/^TypeError: .*\bnot iterable\b.*/m, 'TypeError: not iterable');

/** Tells whether a browser can read code; WebKit does not know `using` yet. */
const reads = (page: AnyPage, code: string): Promise<boolean> =>
  page.evaluate((code: string) => {
    try {
      return Boolean(new Function(code));
    } catch {
      return false;
    }
  }, code);

async function outcomesIn(page: AnyPage): Promise<string[]> {
  const worker = await WorkerPage.open(page, await kernelFiles());
  const outcomes: string[] = [];
  for (const code of codes) outcomes.push(alike(await worker.transcript(code)));
  return outcomes;
}

describe('Cells', () => {
  let expected: string[];
  before(async () => {
    expected = await outcomesIn(await (await sharedBrowser()).newPage());
  });
  after(closePages);

  for (const { name, missing, open } of engines) {
    describe(`in ${name} show what they show in Chromium`, () => {
      let shown: string[];
      let hasUsing: boolean;
      before(async function () {
        if (missing) {
          console.log(`    skipped: ${name} needs ${missing}`);
          this.skip();
        }
        const page = await open();
        hasUsing = await reads(page, '{ using nothing = null }');
        shown = await outcomesIn(page).finally(() => page.close());
      });

      for (const [i, code] of codes.entries()) {
        it(JSON.stringify(code).slice(0, 100), () => {
          if (/\busing \w+ =/.test(code) && !hasUsing)
            assert.match(shown[i] ?? '', /^SyntaxError/m);
          else assert.equal(shown[i], expected[i]);
        });
      }
    });
  }
});
