// run: long
/** The site for as long as a learner stays: run again and again, asleep and awake. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import { startBrowser } from '../../../lib/publish/browser';
import { evaluationOf } from '../../engines';
import { failuresOf } from '../../notebooks/notebook-page';
import { ownPort } from '../../own';
import { NOISE, settledMemory } from '../../processes';
import { builtSite, SiteNotebook, TestServer } from './support';

const MINUTE = 60_000; // milliseconds
const RUNS = 20;

/** Records each notification in `window.told`, also notifications that disappear. */
const watchNotices = () => {
  const notices = '.digits-notice, .Toastify__toast, .jp-Dialog';
  new MutationObserver(changes => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof Element)) continue;
      const notice = node.matches(notices) ? node : node.querySelector(notices);
      if (notice)
        (window as unknown as { told(text: string): void }).told(notice.textContent ?? '');
    }
  }).observe(document, { childList: true, subtree: true });
};

describe('a learner who stays on the site', () => {
  const warnings: string[] = [];
  let browser: Browser;
  let server: TestServer;
  let page: Page;
  let lesson: SiteNotebook;
  let devtools: CDPSession;
  let after2nd: number;
  before(async () => {
    // A separate browser, because the test measures memory. The driver does not observe the network, since a browser
    // would store observed responses, up to 200 MB.
    const port = await ownPort();
    browser = await startBrowser([`--remote-debugging-port=${port}`]);
    server = await TestServer.start(await builtSite());
    const driver = await puppeteer.connect({
      browserURL: `http://127.0.0.1:${port}`,
      networkEnabled: false,
      defaultViewport: { width: 1280, height: 900 },
      protocolTimeout: 10 * MINUTE,
    });
    page = await driver.newPage();
    await page.exposeFunction('told', (text: string) => void warnings.push(text));
    await page.evaluateOnNewDocument(watchNotices);
    devtools = await page.createCDPSession();
    lesson = new SiteNotebook(
      { goto: url => page.goto(url), ...evaluationOf(() => page) },
      server.address,
    );
    await lesson.open('en');
    await lesson.write(3, '// mine');
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(() => deepEqual(warnings, []));

  /** The memory of the browser's pages and workers in MB (PSS), after a garbage collection. */
  async function settled(): Promise<number> {
    const system = await browser.newBrowserCDPSession();
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    const letGo = async () => {
      await devtools.send('Memory.simulatePressureNotification', { level: 'critical' });
      for (const { client } of [{ client: devtools }, ...page.workers()]) {
        await client.send('HeapProfiler.collectGarbage');
      }
    };
    return settledMemory(letGo, () => pages);
  }

  it(`runs all cells ${RUNS} times, in no more memory than twice`, async () => {
    const memories: number[] = [];
    for (let run = 1; run <= RUNS; run++) {
      const cells = await lesson.runAll();
      deepEqual(failuresOf(cells), []);
      ok(cells.every(({ count }) => count));
      memories.push(await settled());
      console.log(`      run ${run}: ${memories.at(-1)?.toFixed(0)} MB`);
    }
    after2nd = memories[1] ?? Number.NaN;
    ok((memories.at(-1) ?? 0) <= NOISE * after2nd, memories.map(Math.round).join(' '));
  });

  it('sleeps in the middle of a run, and goes on when it wakes, with its variables', async () => {
    const index = await lesson.begin(
      'let beats = 0;\nwhile (beats < 30) {\n  await new Promise(go => setTimeout(go, 1_000));\n  beats++;\n}\nbeats',
    );
    const look = (enabled: boolean) =>
      devtools.send('Emulation.setFocusEmulationEnabled', { enabled });
    const doze = async () => {
      await look(false);
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sleep(MINUTE);
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      // A suspended page stays hidden until the learner returns.
      await look(true);
    };
    await doze();
    await lesson.idle(2 * MINUTE);
    equal((await lesson.shown(index)).text, '30\n');
    await doze(); // idle
    equal((await lesson.run('[beats, xTrain.shape[0]]')).text, '[ 30, 60000 ]\n');
  });

  it('has lost nothing of what was written and shown, in no more memory than twice', async () => {
    ok((await settled()) <= NOISE * after2nd);
    const cells = await lesson.cells();
    await lesson.command('docmanager:save');
    await page.reload();
    await lesson.ready();
    deepEqual(await lesson.cells(), cells);
  });
});
