/** The hosts of the notebooks, and what the lesson must show on each. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { execute } from '../../lib/tools/publish/execute';
import {
  type CodeCell,
  displays,
  isCode,
  joined,
  type MultilineText,
  type Notebook,
  readNotebook,
} from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import type { Cell } from './notebook-page';
import { assertSameOutputs } from './same-outputs';
import { shows, untilAccurate } from './shows-lesson';

/** A notebook as it is saved. */
export const saved = (name: string, language: Language): Promise<Notebook> =>
  readNotebook(join(notebookFolder, `${name}.${language}.ipynb`));

/** Expects of the lesson, run once by a host, what it must show on each; `more` are the host's own tests. */
export function lessonOn(
  host: string,
  language: Language,
  run: () => Promise<Notebook>,
  more: (lesson: () => Notebook) => void = () => {},
): void {
  describe(`the lesson ${host}, in "${language}"`, function () {
    this.timeout(600_000);
    this.retries(1);
    let notebook: Notebook;
    before(async () => {
      notebook = await untilAccurate(run);
    });
    shows(() => notebook);

    it('shows in each cell what it shows where it is saved', async () => {
      assertSameOutputs(notebook, await saved('lesson', language));
    });

    more(() => notebook);
  });
}

/** Runs the lesson on the installed kernel. */
export async function onKernel(
  language: Language,
  env?: Record<string, string>,
): Promise<Notebook> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  return execute(notebookOf(source, language), { folder: notebookFolder, env });
}

/** A cell that answers an exercise, and what its check says. */
export interface Check {
  readonly id: string;
  readonly cell: CodeCell;
  readonly words: string;
}

export const checksOf = ({ cells }: Notebook): Check[] =>
  cells.filter(isCode).flatMap(cell => {
    const [, id] = /check\('([\d.]+)'/.exec(joined(cell.source)) ?? [];
    const texts = displays(cell).map(shown => joined((shown['text/plain'] ?? '') as MultilineText));
    // A figure may follow.
    return id
      ? [{ id, cell, words: texts.filter(words => /^[✓✗○]/.test(words)).at(-1) ?? '' }]
      : [];
  });

/** Puts what a page shows below the code cells of a saved notebook into it. */
export async function asRun(
  name: string,
  language: Language,
  shown: readonly Cell[],
): Promise<Notebook> {
  const notebook = await saved(name, language);
  const left = [...shown];
  const cells = notebook.cells.map(cell => {
    if (!isCode(cell)) return cell;
    const { count = null, outputs = [] } = left.shift() ?? {};
    return { ...cell, execution_count: count, outputs };
  });
  assert.equal(shown.length, cells.filter(isCode).length);
  return { ...notebook, cells };
}
