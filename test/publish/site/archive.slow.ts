import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/command/machine/files';
import { pythonEnvironment } from '../../../lib/command/machine/paths';
import { waitForServer } from '../../../lib/command/processes/wait-for-server';
import { sharedBrowser } from '../../browser';
import { temporaryFolder } from '../../folder';
import { ownPort } from '../../own';
import { builtSite, SitePage, TestServer } from './support';

/** The path of the archive's folder, as a school may name folders. */
const PLACE = '我的 课 程';

describe('the archive of the site', function () {
  this.retries(1);
  let parent: string;
  let unpacked: string;
  const python = pythonEnvironment().program('python');
  before(async function () {
    this.timeout(600_000); // It may have to be built.
    parent = temporaryFolder();
    mkdirSync(join(parent, PLACE));
    const archive = join(await builtSite(), 'digits.zip');
    ok(statSync(archive).size <= 45e6);
    execFileSync(python, ['-m', 'zipfile', '-e', archive, join(parent, PLACE)]);
    unpacked = join(parent, PLACE, 'digits');
  });

  it('holds the whole site, to the byte, but for itself', async () => {
    const built = await builtSite();
    const files = filesBelow(built).filter(file => file !== 'digits.zip');
    deepEqual(filesBelow(unpacked).sort(), files.sort());
    for (const file of files) {
      ok(readFileSync(join(unpacked, file)).equals(readFileSync(join(built, file))), file);
    }
  });

  it('opens and runs where it is unpacked, at the server of Python', async () => {
    const port = await ownPort();
    const args = ['-m', 'http.server', '--bind', '127.0.0.1', '--directory', parent, String(port)];
    const server = spawn(python, args, { stdio: 'ignore' });
    try {
      const address = `http://127.0.0.1:${port}/`;
      ok(await waitForServer(address, AbortSignal.timeout(60_000)));
      const context = await (await sharedBrowser()).newContext();
      const lesson = await SitePage.in(context, `${address}${encodeURI(PLACE)}/digits/`);
      await lesson.page.goto(`${lesson.site}?lang=zh`);
      equal(await lesson.page.locator('.whole:visible').count(), 0);
      await lesson.page.getByRole('link', { name: '打开课程' }).first().click();
      await lesson.shows('lesson.zh.ipynb');
      const { text } = await lesson.run(
        "import mnist from 'mnist-data-loader';\nconst [[images]] = await mnist.loadData();\nimages.shape",
      );
      equal(text.split('\n').at(-2), '[ 60000, 28, 28 ]');
      deepEqual(lesson.elsewhere, []);
    } finally {
      server.kill();
    }
  });

  it('is offered by the index of a site that has it', async () => {
    const server = await TestServer.start(await builtSite());
    const page = await (await sharedBrowser()).newPage();
    await page.goto(`${server.address}?lang=en`);
    const link = page.getByRole('link', { name: /^Download the whole site/ });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    equal(download.suggestedFilename(), 'digits.zip');
    const megabytes = statSync(await download.path()).size / 1e6;
    equal((await link.textContent())?.match(/\d+/)?.[0], String(Math.ceil(megabytes)));
    await server.stop();
  });
});
