/** Notebooks of strangers, run anew in a real browser. */
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exercises } from '../../../lib/digits/exercises';
import type { Language } from '../../../lib/digits/language';
import { tables } from '../../../lib/tools/project/messages';
import { projectRoot } from '../../../lib/tools/project/paths';
import type { CodeCell, Notebook } from '../../../lib/tools/publish/notebook';
import { type NotebookRun, runNotebooks } from '../../../lib/tools/report/run';
import { put, temporaryFolder } from '../../folder';
import { codeCell, notebookWith, shown } from '../../notebook';
import { readData, readText } from '../../texts';

interface Case {
  readonly language?: Language;
  readonly unprepared?: boolean;
  readonly cells: readonly string[];
  readonly output?: string;
  readonly states: Readonly<Record<string, string>>;
  readonly mistakes?: Readonly<Record<string, string>>;
  readonly notes?: readonly (readonly [
    name: string,
    place?: number | string | null,
    what?: string,
  ])[];
}

type Texts = Readonly<Record<string, string | ((...given: unknown[]) => string)>>;

const ids = exercises.map(({ id }) => id);
const saved = (name: string): Notebook => JSON.parse(readText(`notebooks/${name}.ipynb`));
const all = (state: string) => Object.fromEntries(ids.map(id => [id, state]));

const handedIn = ({ language = 'en', unprepared = false, cells, output }: Case): string => {
  const code = saved(`exercises.${language}`).cells.filter(cell => cell.cell_type === 'code');
  const outputs = output ? [shown({ 'text/plain': output })] : [];
  const own = cells.map(source => codeCell(source, outputs as CodeCell['outputs']));
  return JSON.stringify(notebookWith(...(unprepared ? [] : code.slice(0, 4)), ...own));
};

async function run(files: readonly string[], language: Language, resumeFrom?: string, most = 99) {
  const results = new Map<string, NotebookRun>();
  const told: string[] = [];
  const onProgress = (ended: number, of: number, file: string) =>
    told.push(`${ended}/${of} ${basename(file)}`);
  for await (const result of runNotebooks(files, {
    language,
    onProgress,
    ...(resumeFrom && { resumeFrom }),
  })) {
    results.set(basename(result.file), result);
    if (results.size === most) break;
  }
  return { results, told };
}

describe('notebooks that are run anew', () => {
  const folder = join(temporaryFolder(), '课 1');

  for (const [name, stranger] of Object.entries(
    readData<Record<string, Case>>('tools/report/strangers.yml'),
  )) {
    it(`are judged by what their cells make: ${name}`, async () => {
      const { language = 'en', states, mistakes = {}, notes = [] } = stranger;
      const words = tables[language].judge as unknown as Texts;
      const say = ([key, place, what]: readonly [
        string,
        (number | string | null)?,
        string?,
      ]): string => {
        const text = words[key] as Texts[string];
        if (typeof text === 'string') return text;
        const where = typeof place === 'number' ? 'numbered' : 'ofExercise';
        return place === null ? text(what) : text((words[where] as typeof text)(place), what);
      };
      put(folder, [['a b.ipynb', handedIn(stranger)]]);
      const { results } = await run([join(folder, 'a b.ipynb')], language);
      const result = results.get('a b.ipynb') as NotebookRun;
      assert.deepEqual(result.exercises, { ...all('blank'), ...states });
      assert.deepEqual(result.mistakes, mistakes);
      const missing = ids.filter(
        id => !stranger.cells.some(cell => cell.includes(`check('${id}'`)),
      );
      const usual = [say(['missing', null, missing.join(', ')]), say(['cleared'])];
      assert.deepEqual(
        result.notes.filter(note => !usual.includes(note)).sort(),
        notes.map(say).sort(),
      );
      assert.ok(result.notes.includes(usual[0] as string));
    });
  }

  it('pass with the solutions, are blank untouched, and are named if they cannot run; a run goes on where it was ended', async () => {
    const names = ['solutions.zh', 'exercises.en', 'lesson.en'].map(name => `${name}.ipynb`);
    put(folder, [
      ['cut.ipynb', '{"cells": ['],
      ['empty.ipynb', ''],
      ['list.ipynb', '[1]'],
      ['huge.ipynb', ''],
    ]);
    for (const name of names)
      copyFileSync(join(projectRoot, 'notebooks', name), join(folder, name));
    truncateSync(join(folder, 'huge.ipynb'), 201e6);
    const large = saved('exercises.zh');
    large.cells.push(codeCell('1', [shown({ 'text/plain': 'x'.repeat(50e6) })]));
    put(folder, [['large.ipynb', JSON.stringify(large)]]);
    const bad = [
      'lesson.en.ipynb',
      'cut.ipynb',
      'empty.ipynb',
      'list.ipynb',
      'huge.ipynb',
      'gone.ipynb',
    ];
    const files = [...bad, ...names.slice(0, 2), 'large.ipynb'].map(name => join(folder, name));
    const resume = join(folder, 'results.jsonl');
    const first = await run(files, 'en', resume, 7);
    assert.equal(readFileSync(resume, 'utf8').trim().split('\n').length, 1);
    appendFileSync(resume, '{"key":"cut o');
    const { results, told } = await run(files, 'en', resume);
    for (const [name, result] of first.results) assert.deepEqual(results.get(name), result);
    assert.equal(told.at(-1)?.split(' ')[0], '9/9');
    const words = tables.en.judge;
    const notesOf = (name: string) => results.get(name)?.notes;
    assert.deepEqual(
      bad.slice(0, 5).map(name => notesOf(name)),
      [
        [words.foreign],
        [words.noJson(1)],
        [words.noJson(0)],
        [words.noNotebook],
        [words.tooLarge(201, 200)],
      ],
    );
    assert.match(String(notesOf('gone.ipynb')), /^The file cannot be read: .*ENOENT/);
    assert.deepEqual(results.get('solutions.zh.ipynb')?.exercises, all('passed'));
    assert.deepEqual(results.get('exercises.en.ipynb')?.exercises, all('blank'));
    assert.deepEqual(notesOf('solutions.zh.ipynb'), []);
    assert.deepEqual(notesOf('exercises.en.ipynb'), [words.cleared]);
    assert.deepEqual(notesOf('large.ipynb'), [words.large(50)]);
  });
});
