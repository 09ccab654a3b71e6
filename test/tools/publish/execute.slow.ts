/** Runs that are stopped at odd moments, on other systems, or with the process that has started them. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useLanguage } from '../../../lib/tools/project/language.mjs';
import { projectRoot } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';
import { endless, failure, gone, notebook, stopped } from './runs';

describe('a run of a notebook', function () {
  this.retries(1);
  before(() => useLanguage('en'));

  it('fails where the kernel dies', async () => {
    const { message } = await failure(notebook('process.exit(3);'));
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" ended the kernel/);
  });

  it('fails where a cell takes too long', async () => {
    const { message } = await failure(notebook('await new Promise(() => {});'), { timeout: 2 });
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" took too long and was stopped/);
  });

  it('fails where the kernel is not registered', async () => {
    const made = notebook('1');
    made.metadata.kernelspec = { name: 'absent', language: 'typescript', display_name: '' };
    const { message } = await failure(made);
    assert.match(message, /^The kernel did not start: .*absent/);
    assert.match(message, /Run "npm run setup"/);
  });

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

  it('stops when told to while it starts', async () => {
    for (const milliseconds of [0, 600]) {
      const { message } = await failure(endless, { signal: AbortSignal.timeout(milliseconds) });
      assert.match(message, /was stopped/);
    }
  });

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
