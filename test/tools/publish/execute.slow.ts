/** Runs that fail late, or are stopped, at odd moments or on other systems; endings.slow.ts kills who has started them. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { useLanguage } from '../../../lib/tools/project/language.mjs';
import { lives } from '../../../lib/tools/project/watch-parent.mjs';
import { temporaryFolder } from '../../folder';
import { failure, notebook } from './runs';

const endless = notebook('console.log(process.pid); while (true) {}');

describe('a run of a notebook', function () {
  this.retries(1);
  before(() => useLanguage('en'));

  it('fails where the kernel dies', async () => {
    // The kernel's own process: that of the cells is started again.
    const { message } = await failure(notebook("process.kill(process.ppid, 'SIGKILL');"));
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

  const laterError = "setTimeout(() => { throw new Error('too late'); }, 10);";
  const laterRejection = "setTimeout(() => { Promise.reject(new Error('too late')); }, 10);";

  it('fails on a missing figure, on a late error and on a late rejection', async () => {
    const shows = "const display = (shown: string): void => {};\ndisplay('nothing');";
    const wait = 'await new Promise(resolve => setTimeout(resolve, 300));';
    const made = notebook(shows, laterError, wait, `console.log(1); ${laterRejection}`);
    const { message } = await failure(made);
    const problems = message.split(/\n\n(?=Cell )/);
    for (const expected of [
      /^Cell stage-8-code-1 of "8 Fit" should show a figure, but none appeared\./,
      // The time between the two cells decides to which of them the kernel counts the error.
      /^Cell stage-8-code-[23] of "8 Fit" left an unhandled error behind[\s\S]*too late/,
      /^Cell stage-8-code-4 of "8 Fit" left an unhandled error behind[\s\S]*too late/,
    ]) {
      assert.ok(
        problems.some(problem => expected.test(problem)),
        message,
      );
    }
    assert.equal(problems.length, 3, message);
  });

  it('stops in a cell when told to, and ends its kernel, also on Windows, where a loop takes no signals', async () => {
    const windows = temporaryFolder();
    writeFileSync(
      join(windows, 'sitecustomize.py'),
      'from asyncio import AbstractEventLoop, SelectorEventLoop\n' +
        'for name in ("add_signal_handler", "remove_signal_handler"):\n' +
        '    setattr(SelectorEventLoop, name, getattr(AbstractEventLoop, name))\n',
    );
    for (const env of [undefined, { PYTHONPATH: windows }]) {
      const stop = new AbortController();
      let kernel = 0;
      const { message } = await failure(endless, {
        env,
        signal: stop.signal,
        onEvent: event => {
          if (event.event !== 'stream') return;
          kernel = Number(event.text);
          stop.abort();
        },
      });
      assert.match(message, /Cell stage-8-code-1 of "8 Fit" was stopped\./);
      assert.ok(kernel > 0);
      await gone(kernel);
    }
  });

  it('stops when told to while it starts', async () => {
    for (const milliseconds of [0, 600]) {
      const { message } = await failure(endless, { signal: AbortSignal.timeout(milliseconds) });
      assert.match(message, /was stopped/);
    }
  });
});

/** Waits until a process has ended. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; lives(pid); tries++) {
    assert.ok(tries < 100, `Process ${pid} still runs.`);
    await delay(100);
  }
}
