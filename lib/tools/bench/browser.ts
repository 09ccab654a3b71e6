/** The lesson in the browser: the site, a Chromium that has never seen it, nothing installed. */
import { pythonEnvironment } from '../project/paths';
import { startBrowser } from '../publish/browser';
import { buildSite, isStale, siteFolder } from '../site/build';
import { startServer } from '../site/server';
import { Measurement } from './measurement';

/** Each time of a visit has a table of its own. */
const GROUPS = ['first cell', 'kernel idle', 'Run All', 'an epoch'];

/** @param turns visits, each by a browser of its own. */
export async function measureWebsite(
  turns: number,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const title = 'ours · Chromium';
  const results = GROUPS.map(
    what => new Measurement(`in the browser: ${what}`, 'browser', title),
  ) as [Measurement, ...Measurement[]];
  await results[0].attempt(async () => {
    if (isStale(siteFolder)) await buildSite(pythonEnvironment());
    const { port, stop } = await startServer(siteFolder, 18_700);
    try {
      for (let turn = 0; turn < turns; turn++) {
        const seconds = await visit(`http://127.0.0.1:${port}/`);
        for (const [i, time] of seconds.entries()) results[i]?.processes.push([time]);
        say(`${turn + 1} · ${title} ${seconds.map(time => time.toFixed(2)).join(' · ')}`);
      }
    } finally {
      await stop();
    }
  }, say);
  return results;
}

// biome-ignore lint/suspicious/noExplicitAny: the page's JupyterLab, which has no types here.
declare const jupyterapp: any;

// The last of four, as the native row counts its epochs: the first one has the making ready of all.
const EPOCHS = `
let began = 0;
let time = 0;
const onEpochEnd = () => {
  time = performance.now() - began;
  began = performance.now();
};
await digits.fit(model, xTrain, yTrain, {
  batchSize: 64, epochs: 4, validationSplit: 0.2, verbose: 0, callbacks: { onEpochEnd },
});
console.log(time);`;

/** Opens the lesson, runs all its cells, and trains on; returns the seconds of each. */
async function visit(site: string): Promise<number[]> {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(300_000);
    let began = performance.now();
    const elapsed = () => (performance.now() - began) / 1000;
    await page.goto(`${site}en/lab/index.html?path=lesson.en.ipynb`, { waitUntil: 'commit' });
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    const cell = elapsed();
    await page.waitForFunction(
      () => jupyterapp.shell.currentWidget.sessionContext.session?.kernel.status === 'idle',
    );
    const idle = elapsed();
    began = performance.now();
    const error: string | undefined = await page.evaluate(async () => {
      await jupyterapp.commands.execute('runmenu:run-all');
      for (const { model } of jupyterapp.shell.currentWidget.content.widgets) {
        for (const { output_type, evalue } of model.outputs?.toJSON() ?? []) {
          if (output_type === 'error') return evalue;
        }
      }
    });
    const all = elapsed();
    if (error !== undefined) throw new Error(`Expected Run All to succeed but received: ${error}`);
    const printed: string = await page.evaluate(async code => {
      const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
      const future = kernel.requestExecute({ code });
      let text = '';
      future.onIOPub = ({ content }: { content: { text?: string } }) => {
        text += content.text ?? '';
      };
      await future.done;
      return text;
    }, EPOCHS);
    const epoch = Number(printed) / 1000;
    if (!(epoch > 0)) throw new Error(`Expected the time of an epoch but received: ${printed}`);
    return [cell, idle, all, epoch];
  } finally {
    await browser.close();
  }
}
