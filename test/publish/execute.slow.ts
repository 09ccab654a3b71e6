/** Runs that fail late or stop at odd moments or on other systems; endings.slow.ts kills the parent processes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { useLanguage } from '../../lib/command/output/language.mjs';
import { isAlive } from '../../lib/command/processes/watch-parent.mjs';
import { temporaryFolder } from '../folder';
import { readData } from '../texts';
import { failure, notebook } from './runs';

const endless = notebook('console.log(process.pid); while (true) {}');

describe('a run of a notebook', function () {
  this.retries(1);
  before(() => useLanguage('en'));

  interface Fault {
    readonly cells: readonly string[];
    readonly kernel?: string;
    readonly timeout?: number;
    readonly says: readonly string[];
  }
  const faults = readData<Readonly<Record<string, Fault>>>('publish/failing-runs.yml');
  for (const [what, { cells, kernel, timeout, says }] of Object.entries(faults)) {
    it(`fails where ${what}`, async () => {
      const input = notebook(...cells);
      if (kernel) input.metadata.kernelspec = { name: kernel, language: '', display_name: '' };
      const { message } = await failure(input, { timeout });
      const problems = message.split(/\n\n(?=Cell )/);
      const unsaid = says.filter(
        pattern => !problems.some(problem => RegExp(pattern).test(problem)),
      );
      assert.deepEqual([unsaid, problems.length], [[], says.length], message);
    });
  }

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
  for (let tries = 0; isAlive(pid); tries++) {
    assert.ok(tries < 100, `Process ${pid} still runs.`);
    await delay(100);
  }
}
