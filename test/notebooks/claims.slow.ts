/** Claims in texts and findings hold in runs of the lesson's cells for all random seeds. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Language } from '../../lib/digits/language';
import { execute } from '../../lib/publish/execute';
import { displays, isCode, type Notebook, textOf } from '../../lib/publish/notebook';
import { languages, notebookFolder, notebookOf, readSource } from '../../lib/publish/source';
import { codeCell } from '../notebook';
import { seed } from '../seed';
import { contradictions, type Run, runOf, textIn, unchecked } from './claims';

/** Runs the lesson with chance that begins by a seed: initial weights, and the order of the samples. */
async function runBySeed(language: Language, seed: number): Promise<Notebook> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const { cells, ...lesson } = notebookOf(source, language);
  const begin = codeCell(
    `import seedrandom from 'seedrandom';\nseedrandom('${seed}', { global: true });`,
    [],
    { id: 'seed' },
  );
  return execute({ ...lesson, cells: [begin, ...cells] }, { folder: notebookFolder });
}

/** The sentences about the run in a notebook's outputs. */
const findingsIn = ({ cells }: Notebook): string =>
  cells
    .filter(isCode)
    .flatMap(displays)
    .flatMap(data => ('text/markdown' in data ? textOf(data['text/markdown'] as string) : []))
    .join('\n');

/** How many the lesson shows, each in a paragraph. */
const FINDINGS = 6;

describe('what is said of results, in two runs of the lesson', function () {
  this.timeout(600_000);
  const runs: { language: Language; run: Run; findings: string }[] = [];
  before(async () => {
    for (const [i, language] of (['en', 'zh'] as const).entries()) {
      const notebook = await runBySeed(language, seed + i);
      runs.push({ language, run: runOf(notebook), findings: findingsIn(notebook) });
    }
  });

  for (const language of languages) {
    it(`agrees with each of them, in ${language}`, () => {
      const all = runs.map(({ run }) => run);
      assert.equal(new Set(all.map(({ accuracy }) => accuracy)).size, 2);
      assert.deepEqual(contradictions(textIn(language), all, language), []);
    });

    it(`agrees with the run that it was computed from, in ${language}`, () => {
      for (const { run, findings } of runs.filter(run => run.language === language)) {
        assert.deepEqual(contradictions(findings, [run], language), []);
        assert.deepEqual(unchecked(findings, language), []);
        assert.equal(findings.split('\n').length, FINDINGS, findings);
      }
    });
  }
});
