/** Runs of small notebooks, and how they fail. */
import assert from 'node:assert/strict';
import { projectRoot } from '../../lib/command/machine/paths';
import { execute, RunFailure, type RunOptions } from '../../lib/publish/execute';
import type { Notebook } from '../../lib/publish/notebook';
import { notebookOf } from '../../lib/publish/source';
import { codeCell, textCell } from '../notebook';

/** Creates a notebook of a stage with these code cells. */
export const notebook = (...codes: string[]): Notebook =>
  notebookOf([textCell('## 8 Fit'), ...codes.map(code => codeCell(code))], 'en');

const run = (made: Notebook, options: Partial<RunOptions> = {}) =>
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
