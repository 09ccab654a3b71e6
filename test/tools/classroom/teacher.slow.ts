import assert from 'node:assert/strict';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { until } from '../setup/support';
import { Hub, type Learner } from './hub';

/** Prints, then runs until it is stopped. */
const LOOP = `console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);`;
/** Takes so much memory a second that a warning comes before the limit does. */
const FILL = `console.log('begun'); const held = [];
for (;;) { held.push(Buffer.alloc(1e7, 1)); await new Promise(done => setTimeout(done, 500)); }`;
const BREED = `console.log('begun'); const { spawn } = await import('node:child_process');
for (let i = 0; i < 20; i++) spawn('sleep', ['600']);`;
/** As fast as `FILL` is slow, and larger than the limit. */
const WRITE = `const fs = await import('node:fs');
try { fs.writeFileSync('large', Buffer.alloc(6e7)); } catch (error) { console.log(error.code); }
fs.truncateSync('large', 0); fs.writeFileSync('large', Buffer.alloc(4.5e7, 1)); console.log('done');`;

describe('a teacher of a classroom', () => {
  let hub: Hub;
  let ann: Learner;
  let bo: Learner;
  let page: Page;
  before(async () => {
    const limits = ['--memory', '800', '--processes', '12', '--disk', '50'];
    hub = await Hub.start('en', undefined, false, ...limits);
    [ann, bo] = [await hub.enter('ann'), await hub.enter('bo')];
  });
  after(async () => {
    await closePages();
    await hub?.stop();
  });

  const newPage = async () => (await (await sharedBrowser()).newContext()).newPage();
  const home = (name: string, ...path: string[]) =>
    join(hub.folder, 'learners', name, 'digits', ...path);
  const notebooks = (name: string) => readdirSync(home(name, 'notebooks')).sort();

  /** Writes as a learner does. */
  function write(file: string, text: string): void {
    writeFileSync(file, text);
    const { uid, gid } = statSync(hub.folder);
    chownSync(file, uid, gid);
  }

  async function logIn(name: string, password: string): Promise<Page> {
    const opened = await newPage();
    await opened.goto(hub.address);
    await opened.locator('#username_input').fill(name);
    await opened.locator('#password_input').fill(password);
    await opened.locator('#login_submit').click();
    return opened;
  }

  const row = (name: string) =>
    page.locator('tbody tr', { has: page.locator(`td >> text="${name}"`) });
  const shows = (name: string, words: RegExp | string) =>
    row(name).filter({ hasText: words }).waitFor();
  async function press(name: string, button: string): Promise<void> {
    page.once('dialog', dialog => dialog.accept());
    await row(name).getByRole('button', { name: button }).click();
  }

  it('is told in four lines where the class is and how to log in', () => {
    const password = readFileSync(join(hub.folder, 'hub', 'teacher-password'), 'utf8').trim();
    assert.deepEqual(hub.said().trim().split('\n').slice(-4), [
      `The classroom: ${hub.address} (this machine only)`,
      `To log in: any name, and the password ${hub.password}`,
      `The teacher: the name teacher, and the password ${password}; the class is at ${hub.address}/hub/class`,
      `Its files are in ${hub.folder}. Ctrl+C ends the classroom, its servers and kernels.`,
    ]);
  });

  it('alone has the page of the class', async () => {
    assert.equal(await hub.logIn('teacher'), 'Invalid username or password');
    const by = { headers: { Authorization: `token ${ann.token}` } };
    assert.equal((await fetch(`${hub.address}/hub/class/data`, by)).status, 403);
    const reset = { ...by, method: 'POST' };
    assert.equal((await fetch(`${hub.address}/hub/class/reset/bo`, reset)).status, 403);
    const password = readFileSync(join(hub.folder, 'hub', 'teacher-password'), 'utf8').trim();
    page = await logIn('Teacher', password);
    await page.waitForURL(`${hub.address}/hub/class`);
    await page.locator('#now', { hasText: /^2 of 2 learners are here\./ }).waitFor();
    await shows('ann', /idle.*none tried/s);
  });

  it('sees who computes, how far each is, and who is stuck', async () => {
    const record = (name: string) => home(name, 'notebooks', 'digits-record.jsonl');
    const wrong = '{"e":"7.1","m":"sign"}\n';
    write(record('ann'), `{"e":"1.1","ok":1}\n{"q":3,"o":1}\n${wrong.repeat(5)}{"e":`);
    write(record('bo'), `${wrong.repeat(9)}{"e":"7.1","ok":1}\n`);
    const [run] = await hub.run([ann], LOOP);
    assert.equal(run?.error, null);
    await shows('ann', /computing for \d+ s1 of 2 tried.*stuck at 7\.1: 5 wrong tries in a row/s);
    await shows('bo', '1 of 1 tried');
    // What another account, or nobody, wrote there is not shown.
    chownSync(record('bo'), 0, 0);
    await shows('bo', 'none tried');
  });

  it('stops a server', async () => {
    await press('ann', 'Stop ann');
    await shows('ann', 'not here');
    assert.ok(await row('bo').getByRole('button', { name: 'Stop bo' }).isVisible());
  });

  it('gives one learner fresh copies, and what was there is kept in a folder of that day', async () => {
    const copy = home('ann', 'notebooks', 'lesson.en.ipynb');
    const original = readFileSync(copy, 'utf8');
    for (const work of ['first', 'second']) {
      write(copy, work);
      await press('ann', 'Reset… ann');
      await until(() => existsSync(copy) && readFileSync(copy, 'utf8') === original);
      await shows('ann', /idle.*none tried/s);
    }
    const kept = notebooks('ann').filter(name => /^backup-\d{4}-\d\d-\d\d-\d{6}$/.test(name));
    const works = kept.map(each =>
      readFileSync(home('ann', 'notebooks', each, 'lesson.en.ipynb'), 'utf8'),
    );
    assert.deepEqual(works, ['first', 'second']);
    assert.ok(readdirSync(home('ann', 'notebooks', kept[0] ?? '')).includes('digits-record.jsonl'));
    assert.ok(!notebooks('ann').includes('digits-record.jsonl'));
  });

  it('hands files out to all, each version once, and overwrites nothing', async () => {
    const file = join(hub.folder, 'hand-out', 'Plan 课.ipynb');
    const put = (text: string, age: number) => {
      writeFileSync(file, text);
      utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
    };
    put('{}', 90);
    await until(() => ['ann', 'bo'].every(name => notebooks(name).includes('Plan 课.ipynb')));
    write(home('ann', 'notebooks', 'Plan 课.ipynb'), 'mine');
    await hub.leave(bo);
    put('{ }', 60);
    await until(() => notebooks('ann').includes('Plan 课 (2).ipynb'));
    assert.equal(readFileSync(home('ann', 'notebooks', 'Plan 课.ipynb'), 'utf8'), 'mine');
    bo = await hub.enter('bo');
    assert.ok(notebooks('bo').includes('Plan 课 (2).ipynb'));
    await page.locator('#hint', { hasText: /There now: Plan 课\.ipynb/ }).waitFor();
  });

  describe('whose learner comes to a limit', () => {
    let lab: Page;
    const told = (words: RegExp) => lab.locator('.Toastify__toast', { hasText: words }).waitFor();

    it('gets the original back, beside the copy', async () => {
      lab = await logIn('bo', hub.password);
      await lab.locator('.jp-Notebook').waitFor({ timeout: 120_000 });
      write(home('bo', 'notebooks', 'lesson.en (mine).ipynb'), 'of long ago');
      const item = lab.getByText('Get the Original Back (Keeps Your Copy)');
      await lab.getByText('File', { exact: true }).click();
      await item.click();
      await lab.getByRole('tab', { name: 'lesson.en.ipynb' }).waitFor();
      const both = ['lesson.en (mine 2).ipynb', 'lesson.en.ipynb'];
      await until(() => both.every(each => notebooks('bo').includes(each)));
      const [original, given] = ['notebooks', '.given'].map(each =>
        readFileSync(home('bo', each, 'lesson.en.ipynb'), 'utf8'),
      );
      assert.equal(original, given);
    });

    it('is warned before the memory’s, and told when it ends the kernels', async () => {
      await hub.run([bo], FILL);
      await told(/use \d+ of 800 MB of memory/);
      await told(/Your kernels were ended: they used \d+ MB/);
      await shows('bo', /stopped at the limit \(memory\)/);
      const [run] = await hub.run([bo], 'console.log(1)');
      assert.equal(run?.error, null);
    });

    it('is told of the processes’, with all of them ended', async () => {
      await hub.run([bo], BREED);
      await told(/Your kernels were ended: you had \d+ processes/);
      assert.deepEqual(hub.processes('sleep 600'), []);
    });

    it('cannot write a larger file than the disk’s, and is warned before', async () => {
      const [run] = await hub.run([bo], WRITE);
      assert.equal(run?.error, null);
      await told(/Your files take \d+ of 50 MB/);
    });
  });

  it('finds it all again when the hub was killed, and the next day', async () => {
    write(home('ann', 'notebooks', 'digits-record.jsonl'), '{"e":"2.1","ok":1}\n');
    await hub.kill('-m jupyterhub --config');
    await page.locator('#now', { hasText: /^The classroom does not answer\./ }).waitFor();
    await hub.open();
    await shows('ann', /idle.*1 of 1 tried/s);
    await hub.close();
    await hub.open();
    await shows('ann', /not here.*1 of 1 tried/s);
  });
});
