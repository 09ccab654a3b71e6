/** Runs that are stopped at odd moments, on other systems, or with the process that has started them. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useLanguage } from '../../../lib/tools/project/language.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';
import { endless, failure, gone, stopped } from './runs';

describe('a run of a notebook', function () {
  this.retries(1);
  before(() => useLanguage('en'));

  it('stops when told to on Windows, where an event loop takes no signals', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'sitecustomize.py'),
      'from asyncio import AbstractEventLoop, SelectorEventLoop\n' +
        'for name in ("add_signal_handler", "remove_signal_handler"):\n' +
        '    setattr(SelectorEventLoop, name, getattr(AbstractEventLoop, name))\n',
    );
    assert.match(await stopped({ PYTHONPATH: folder }), /code-1 of "8 Fit" was stopped\./);
  });

  for (const milliseconds of [0, 300, 600, 900]) {
    it(`stops when told to ${milliseconds} ms after its start`, async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), milliseconds);
      const { message } = await failure(endless, { signal: stop.signal });
      assert.match(message, /was stopped/);
    });
  }

  it('ends with its kernel where the process that has started it is killed', async () => {
    const code = `
      const { execute } = require('./lib/tools/publish/execute.ts');
      void execute(${JSON.stringify(endless)}, {
        folder: process.cwd(),
        onEvent: event => event.event === 'stream' && console.log(event.text),
      });`;
    const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', code], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await once(parent.stdout, 'data');
    const kernel = Number(printed);
    assert.ok(kernel > 0);
    const runner = parentOf(kernel);
    parent.kill('SIGKILL');
    await Promise.all([gone(kernel), gone(runner)]);
  });
});

const parentOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
