import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { until } from '../../lab/setup/support';
import { Hub, type Learner } from './hub';

/** Takes memory so slowly that a warning comes before the limit does. */
const FILL = `console.log('begun'); const held = [];
for (;;) { held.push(Buffer.alloc(1e7, 1)); await new Promise(done => setTimeout(done, 500)); }`;
const BREED = `console.log('begun'); const { spawn } = await import('node:child_process');
for (let i = 0; i < 20; i++) spawn('sleep', ['600']);`;
/** Writes a file above the limit, then a file just below the limit. */
const WRITE = `const fs = await import('node:fs'); let code;
try { fs.writeFileSync('large', Buffer.alloc(6e7)); } catch (error) { ({ code } = error); }
fs.rmSync('large'); fs.writeFileSync('large', Buffer.alloc(4.5e7, 1)); console.log(code);
if (code !== 'EFBIG') throw new Error(code);`;
const HEAD = '{"v":1,"id":"0a0a0a0a"}\n';
const WRONG = '{"e":"7.1","m":"sign"}\n';

/** Logs in by the form; whatever a page asks is answered with yes. */
async function logIn(hub: Hub, name: string, password?: string): Promise<Page> {
  const page = await (await (await sharedBrowser()).newContext()).newPage();
  page.setDefaultTimeout(120_000); // a server's start on a busy machine
  page.on('dialog', dialog => dialog.accept());
  await page.goto(hub.address);
  await hub.fillIn(page, name, password);
  return page;
}

describe('a teacher of a classroom', () => {
  let hub: Hub;
  let ann: Learner;
  let bo: Learner;
  let page: Page;
  before(async () => {
    hub = await Hub.start('en', ['--limits', 'memory=800,processes=12,disk=50']);
    [ann, bo] = [await hub.enter('ann'), await hub.enter('bo')];
  });
  after(async () => {
    await closePages();
    await hub?.stop();
  });

  const password = () =>
    fs.readFileSync(join(hub.folder, 'hub', 'teacher-password'), 'utf8').trim();
  const copy = (learner: string, name: string) =>
    join(hub.folder, 'learners', learner, 'digits', 'notebooks', name);
  const has = (learner: string, name: string) => fs.existsSync(copy(learner, name));
  const contentOf = (learner: string, name: string) => fs.readFileSync(copy(learner, name), 'utf8');

  /** Writes as a learner does. */
  function write(learner: string, name: string, text: string): void {
    fs.writeFileSync(copy(learner, name), text);
    const { uid, gid } = fs.statSync(hub.folder);
    fs.chownSync(copy(learner, name), uid, gid);
  }

  const shows = (name: string, words: RegExp) =>
    page.locator('tbody tr', { hasText: RegExp(`^\\s*${name}.*${words.source}`, 's') }).waitFor();
  const press = (label: string) => page.getByRole('button', { name: label }).click();

  it('is told in four lines where the class is and how to log in', () =>
    assert.deepEqual(hub.said().trim().split('\n').slice(-4), [
      `The classroom: ${hub.address} (this machine only)`,
      `To log in: any name, and the password ${hub.password}`,
      `The teacher: the name teacher, and the password ${password()}; the class is at ${hub.address}/hub/class`,
      `Its files are in ${hub.folder}. Ctrl+C ends the classroom, its servers and kernels.`,
    ]));

  it('alone has the page of the class', async () => {
    assert.equal(await hub.logIn('teacher'), 'Invalid username or password');
    const learner = await logIn(hub, 'ann');
    await learner.waitForURL(/\/user\/ann\//);
    await learner.goto(`${hub.address}/hub/class`);
    const answers: string[] = await learner.evaluate(`Promise.all(
      [['hand-ins', 'GET'], ['reset/bo', 'POST'], ['stop/bo', 'POST']].map(async ([path, method]) =>
        (await fetch('class/' + path, { method, headers: { 'X-XSRFToken': jhdata.xsrf_token } })).text()
      ))`);
    for (const content of [await learner.content(), ...answers]) {
      assert.match(content, /403 : Action is not authorized with current scopes/);
    }
    page = await logIn(hub, 'Teacher', password());
    await page.getByText('2 of 2 learners are here.').waitFor();
    await shows('ann', /idle.*none tried/);
  });

  it('sees who computes, how far each is and who is stuck, and the report as it comes in', async () => {
    write('ann', 'digits-record.jsonl', `${HEAD}{"e":"1.1","ok":1}\n${WRONG.repeat(5)}{"e":`);
    await hub.run([ann], `console.log('begun'); await new Promise(() => {})`);
    await shows('ann', /computing for \d+ s.*1 of 2 tried.*stuck at 7\.1: 5 wrong tries in a row/);
    const report = await page.context().newPage();
    await report.goto(`${hub.address}/hub/class/report`);
    await report.locator('tbody tr', { hasText: /^\s*ann.*✗5/s }).waitFor();
    write('ann', 'digits-record.jsonl', `${HEAD}${WRONG.repeat(2)}{"e":"7.1","ok":1}\n`);
    await report.locator('tbody tr', { hasText: /^\s*ann.*✓2/s }).waitFor();
    const handIns = async () =>
      (await page.request.get(`${hub.address}/hub/class/hand-ins`)).text();
    for (const [program, ...args] of [['ln', '-s', '/etc/passwd'], ['mkfifo']] as const) {
      fs.rmSync(copy('bo', 'digits-record.jsonl'), { force: true });
      execFileSync(program, [...args, copy('bo', 'digits-record.jsonl')]); // whose reader would wait for ever
      assert.doesNotMatch(await handIns(), /"bo"/);
    }
    fs.rmSync(copy('bo', 'digits-record.jsonl'));
    // A learner's file may hold anything.
    write('bo', 'digits-record.jsonl', '[]\n1\n{"e":{"<b>":1}}\n');
    write('bo', '../.status.json', '{"busy":"<b>","memory":1e999,"ended":[]}');
    await shows('bo', /0 of 1 tried/);
  });

  it('stops a server, and gives fresh copies, with what was there kept in a folder of that day', async () => {
    await press('Stop ann');
    await shows('ann', /not here/);
    write('ann', 'lesson.en.ipynb', 'work');
    await press('Reset… ann');
    await until(
      () => has('ann', 'lesson.en.ipynb') && contentOf('ann', 'lesson.en.ipynb') !== 'work',
    );
    assert.equal(contentOf('ann', 'lesson.en.ipynb'), contentOf('bo', 'lesson.en.ipynb'));
    await shows('ann', /idle.*none tried/);
    const backups = fs.readdirSync(copy('ann', '')).filter(file => /^backup-[-\d]{17}$/.test(file));
    assert.deepEqual(
      backups.map(backup => contentOf('ann', `${backup}/lesson.en.ipynb`)),
      ['work'],
    );
    assert.ok(
      has('ann', `${backups[0]}/digits-record.jsonl`) && !has('ann', 'digits-record.jsonl'),
    );
  });

  it('hands files out to those who are here and those who come', async () => {
    const plan = 'Plan 课.ipynb';
    await hub.leave(bo);
    fs.writeFileSync(join(hub.folder, 'hand-out', plan), '{}');
    fs.utimesSync(join(hub.folder, 'hand-out', plan), 1, 1);
    await until(() => has('ann', plan));
    bo = await hub.enter('bo');
    await until(() => has('bo', plan));
    await page.getByText(`There now: ${plan}.`).waitFor();
    fs.mkdirSync(join(hub.folder, 'hand-out', 'folder'));
    await page.getByText(`Not handed out, as learners cannot read it: folder in`).waitFor();
  });

  it('has learners who get an original back, and hear of limits before they are reached', async () => {
    const lab = await logIn(hub, 'bo');
    const toast = (words: RegExp) => lab.locator('.Toastify__toast', { hasText: words }).waitFor();
    await lab.locator('.jp-Notebook').waitFor();
    write('bo', 'lesson.en (mine).ipynb', 'of long ago');
    await lab.getByText('File', { exact: true }).click();
    await lab.getByText('Get the Original Back (Keeps Your Copy)').click();
    await until(() => has('bo', 'lesson.en (mine 2).ipynb') && has('bo', 'lesson.en.ipynb'));
    assert.equal(contentOf('bo', 'lesson.en.ipynb'), contentOf('bo', '../.given/lesson.en.ipynb'));

    await hub.run([bo], FILL);
    await toast(/use \d+ of 800 MB of memory/);
    await toast(/Your largest kernel was ended: you used \d+ MB/);
    await shows('bo', /a kernel was ended at the limit: Memory/);
    await hub.run([bo], BREED);
    await toast(/Your largest kernel was ended: you had \d+ processes/);
    await until(() => hub.processes('sleep 600').length === 0);
    const [run] = await hub.run([bo], WRITE);
    assert.equal(run?.error, null);
    await toast(/Your files take \d+ of 50 MB/);
  });

  it('finds it all again when the hub was killed, and the next day', async () => {
    write('ann', 'digits-record.jsonl', `${HEAD}{"e":"2.1","ok":1}\n`);
    await hub.kill('-m jupyterhub --config');
    await page.getByText('The classroom does not answer.').waitFor();
    await hub.open();
    await shows('ann', /idle.*1 of 1 tried/);
    await hub.close();
    await until(() => hub.processes('').length === 0); // servers that were taken over end with it
    await hub.open();
    await shows('ann', /not here.*1 of 1 tried/);
  });
});
