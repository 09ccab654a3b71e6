/** Runs of small notebooks, and how they fail. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../../lib/tools/project/paths';
import { execute, RunFailure, type RunOptions } from '../../../lib/tools/publish/execute';
import type { Notebook } from '../../../lib/tools/publish/notebook';
import { notebookOf } from '../../../lib/tools/publish/source';
import { codeCell, textCell } from '../../notebook';

/** A notebook of one stage with these code cells. */
export const notebook = (...codes: string[]): Notebook =>
  notebookOf([textCell('## 8 Fit'), ...codes.map(code => codeCell(code))], 'en');

export const run = (made: Notebook, options: Partial<RunOptions> = {}) =>
  execute(made, { folder: projectRoot, ...options });

/** The failure of a run that must not succeed. */
export async function failure(made: Notebook, options?: Partial<RunOptions>): Promise<RunFailure> {
  const error = await run(made, options).then(
    () => assert.fail('Expected the run to fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RunFailure, String(error));
  return error;
}

export const endless = notebook('console.log(process.pid); while (true) {}');

/** Stops a run in its cell, and returns the message; by then the kernel has ended. */
export async function stopped(env?: Record<string, string>): Promise<string> {
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
  assert.ok(kernel > 0);
  await gone(kernel);
  return message;
}

/** Waits until a process has ended. */
export async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(100);
  }
  assert.fail(`Process ${pid} still runs.`);
}
