import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { projectRoot } from '../../lib/command/machine/paths';
import { withLock } from '../../lib/command/processes/lock.mjs';
import { buildNotebooks } from '../../lib/publish/build';
import { findProblems } from '../../lib/publish/check-stale';
import { ownFolder } from '../own';
import { fixtures } from './support';

describe('npm run notebooks', () => {
  it('waits for another one, and then refuses a source that there is not, and names those there are', async () => {
    const command = ['lib/command/run.cjs', 'notebooks', 'lessons'];
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' },
    });
    const ended = once(child, 'close');
    const message = textOf(child.stderr);
    const output = await withLock(join(projectRoot, 'build', 'notebooks.lock'), async () =>
      String(await once(child.stdout, 'data')),
    );
    assert.match(
      output,
      RegExp(`^Another npm run notebooks \\(process ${process.pid}\\) is writing`),
    );
    assert.deepEqual(await ended, [1, null]);
    assert.match(
      (await message).trim(),
      /^✖ Expected the name of a source \(.*\blesson\b.*\) but found "lessons"\.$/,
    );
  });
});

describe('buildNotebooks', () => {
  const folder = ownFolder('publish');
  beforeEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await cp(fixtures, folder, { recursive: true });
  });

  const saved = () =>
    Promise.all(['zh', 'en'].map(name => readFile(join(folder, `small.${name}.ipynb`), 'utf8')));

  it('changes no byte where nothing has changed', async () => {
    const contentBefore = await saved();
    await buildNotebooks(['small'], { folder });
    assert.deepEqual(await saved(), contentBefore);
  });

  it('executes a worksheet, saves it with nothing filled in, and keeps both languages where one fails', async () => {
    const source = await readFile(join(folder, 'small.ts'), 'utf8');
    const tagged = source.replaceAll(
      /\[markdown\] tags=\["(..)"\]\n\/\/ # /g,
      '[markdown] tags=["$1", "worksheet"]\n// # ',
    );
    await writeFile(join(folder, 'small.ts'), tagged);
    await buildNotebooks(['small'], { folder });
    assert.deepEqual(await findProblems(folder, 'small'), []);
    const good = await saved();
    const changed = tagged.replace('[1, 4, 9]', '[1, 4, 16]');
    const failing = changed.replace("setLanguage('en');", "setLanguage('en'); nine");
    await writeFile(join(folder, 'small.ts'), failing);
    await assert.rejects(buildNotebooks([], { folder }), {
      name: 'Failure',
      message: /intro-code-2[\s\S]*Cannot find name 'nine'/,
    });
    assert.deepEqual(await saved(), good);
  });
});
