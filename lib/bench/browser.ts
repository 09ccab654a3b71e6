/** Measures the lesson on the website, in a Chromium without a cache. */
import { pythonEnvironment } from 'command/machine/paths';
import { startBrowser } from 'publish/browser';
import { buildSite, isStale, siteFolder } from 'publish/site/build';
import { startServer } from 'publish/site/server';
import { Measurement } from './measurement';

/** The durations of a visit, with a table each. */
const GROUPS = ['first cell', 'Run All', 'an epoch'];

/** @param turns the number of visits. */
export async function measureWebsite(
  turns: number,
  log: (line: string) => void,
): Promise<Measurement[]> {
  const results = GROUPS.map(
    group => new Measurement(`in the browser: ${group}`, 'browser', 'ours · Chromium'),
  ) as [Measurement, ...Measurement[]];
  await results[0].attempt(async () => {
    if (isStale(siteFolder)) await buildSite(pythonEnvironment());
    const { port, stop } = await startServer(siteFolder, 18_700);
    try {
      for (let turn = 1; turn <= turns; turn++) {
        const durations = await visit(`http://127.0.0.1:${port}/`);
        for (const [i, seconds] of durations.entries()) results[i]?.processes.push([{ seconds }]);
        log(`${turn} · Chromium ${durations.map(seconds => seconds.toFixed(2)).join(' · ')}`);
      }
    } finally {
      await stop();
    }
  }, log);
  return results;
}

// biome-ignore lint/suspicious/noExplicitAny: the page's JupyterLab has no types here.
declare const jupyterapp: any;

// Prints the fourth epoch, because the first one also compiles.
const EPOCHS = `
let start = 0;
let time = 0;
const onEpochEnd = () => {
  time = performance.now() - start;
  start = performance.now();
};
await model.fit(xTrain, yTrain, {
  batchSize: 64, epochs: 4, validationSplit: 0.2, verbose: 0, callbacks: { onEpochEnd },
});
console.log(time);`;

/** Opens the lesson, runs all cells, and continues to train; returns the seconds of each. */
async function visit(site: string): Promise<number[]> {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(300_000);
    let start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    await page.goto(`${site}en/lab/index.html?path=lesson.en.ipynb`, { waitUntil: 'commit' });
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    const cell = elapsed();
    await page.waitForFunction(
      () => jupyterapp.shell.currentWidget.sessionContext.session?.kernel.status === 'idle',
    );
    start = performance.now();
    await page.evaluate(() => jupyterapp.commands.execute('runmenu:run-all'));
    const all = elapsed();
    const output: string = await page.evaluate(async code => {
      const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
      const future = kernel.requestExecute({ code });
      let text = '';
      future.onIOPub = ({ content }: { content: { text?: string; evalue?: string } }) => {
        text += content.text ?? content.evalue ?? '';
      };
      await future.done;
      return text;
    }, EPOCHS);
    const epoch = Number(output) / 1000;
    // After a failed cell, the model is undefined.
    if (!(epoch > 0)) throw new Error(`Expected the time of an epoch. Received: ${output}`);
    return [cell, all, epoch];
  } finally {
    await browser.close();
  }
}
