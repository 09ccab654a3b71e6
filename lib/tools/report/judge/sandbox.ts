/** A browser for strangers' cells, in which nothing but this server's own files can be reached. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { writeWhole } from '../../project/files';
import { workFolder } from '../../project/paths';
import { startBrowser } from '../../publish/browser';
import { browserScript } from '../../site/browser-script';
import { writeKernel } from '../../site/kernel';
import { startServer } from '../../site/server';

const files = join(workFolder, 'build', 'report', `${process.pid}`, 'static');

/** For the worker, too: cells are modules made of blobs, and loops ask a blob whether they go on. */
const POLICY =
  "default-src 'none'; script-src 'self' blob: 'unsafe-eval'; connect-src 'self' blob:; worker-src 'self'";

/** The kilobytes that a notebook may take: several times what the lesson takes. */
const MOST_MEMORY = 2_000_000;

/** Builds the kernel with its judge. @returns its code. */
export async function buildJudge(): Promise<string> {
  process.once('exit', () => rmSync(join(files, '..'), { recursive: true, force: true }));
  await writeKernel(join(files, '..'), join(__dirname, 'worker.ts'));
  writeWhole(join(files, 'page.js'), browserScript(join(__dirname, 'page.ts')));
  writeWhole(join(files, 'index.html'), '<!doctype html><script src="page.js"></script>');
  return readFileSync(join(files, 'worker.js'), 'utf8');
}

/** Starts the server and the browser, and stops the one with the other; `isGone` is called then. */
export async function openSandbox(isGone: () => void) {
  const server = await startServer(files, 8790, POLICY);
  const own = `127.0.0.1:${server.port}`;
  // What gets past the policy finds no name, and all other addresses behind a proxy that is not there.
  const flags = [
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--proxy-server=127.0.0.1:9',
    `--proxy-bypass-list=<-loopback>;${own}`,
  ];
  // Chrome's own sandbox does not start everywhere, and nowhere for root.
  const browser = await startBrowser(flags, process.geteuid?.() !== 0).catch(() =>
    startBrowser(flags),
  );
  const session = await browser.newBrowserCDPSession();
  const watch = setInterval(async () => {
    const found = await session.send('SystemInfo.getProcessInfo').catch(() => undefined);
    for (const { id, type } of found?.processInfo ?? []) if (type === 'renderer') endIfLarge(id);
  }, 1000);
  browser.once('disconnected', () => {
    clearInterval(watch);
    void server.stop();
    isGone();
  });
  return {
    close: () => browser.close(),
    /** Opens a page in a process of its own, from which nothing leads to another one's. */
    async open(language: string, tell: (said: never) => void): Promise<Page> {
      const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: false });
      const page = await context.newPage();
      await page.exposeFunction('tell', tell);
      await page.goto(`http://${own}/#${language}`);
      return page;
    },
  };
}

/** Ends a process that takes too much, if the system says, as Windows does not. */
function endIfLarge(pid: number): void {
  try {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' });
    if (Number(kilobytes) > MOST_MEMORY) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
