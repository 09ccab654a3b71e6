/** What a cell of the browser's kernel came to, as a text that does not depend on its number. */
import { stripVTControlCharacters } from 'node:util';
import type { Failed } from '../../../lib/kernel/worker-messages';
import type { WorkerPage } from './worker-page';

/** Runs a cell; returns what it printed and its error. */
export async function outcomeOf(worker: WorkerPage, code: string): Promise<string> {
  const { answer, printed } = await worker.run(code);
  const { traceback = [] } = answer as Partial<Failed>;
  return stripVTControlCharacters(`${printed}${traceback.join('\n')}`)
    .trimEnd()
    .replaceAll(`cell [${worker.cells}]`, 'cell [here]')
    .replaceAll(/cell \[\d+\]/g, 'cell [above]');
}
