/** Runs handed-in notebooks anew, where they can reach nothing, and says which exercises pass. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import type { Names } from 'digits/record/line';
import { readJson, readText, sha256, writeJson } from '../project/files';
import { tables } from '../project/messages';
import { notebookFolder } from '../publish/source';
import { type Marks, runCells } from './judge/run-cells';
import { buildJudge, openSandbox } from './judge/sandbox';
import { type Read, type Reads, readHandIn } from './read';

export interface RunOptions {
  /** That of the notes. */
  readonly language: Language;
  readonly names: Names;
  /** A folder in which results are kept, and found again for the same content. */
  readonly results: string;
  /** Hears, as each notebook begins and as it ends, how many of all have ended. */
  onProgress(ended: number, all: number, source: string): void;
}

/** So many notebooks run at a time: each has a processor. */
const PAGES = Math.max(1, Math.min(4, availableParallelism()));

/**
 * Runs notebooks that have cells; whatever is wrong with one is in its notes, and the others run.
 *
 * @returns of each what its own outputs would say if they were true; the guesses and answers stay.
 * @throws Failure if there is no browser.
 */
export async function runNotebooks(
  notebooks: Reads,
  { language, names, results, onProgress }: RunOptions,
): Promise<ReadonlyMap<Read, Read>> {
  const words = tables[language].judge;
  const version = (await buildJudge()) + language;
  let sandbox: ReturnType<typeof openSandbox> | undefined;

  async function run(read: Read): Promise<Marks> {
    const { cells } = read;
    const file = join(results, `${sha256(version + JSON.stringify(read))}.json`);
    const before = readJson<Marks>(file);
    if (before) return before;
    sandbox ??= openSandbox(() => {
      sandbox = undefined;
    });
    const { open } = await sandbox;
    const own = cells.some(({ code }) => /setLanguage\(\s*['"`]zh/.test(code)) ? 'zh' : 'en';
    const source = `exercises.${own}.ipynb`;
    const ours = readHandIn({ source, text: readText(join(notebookFolder, source)) ?? '' }, names);
    const first = ours.cells.findIndex(cell => cell.own.length > 0);
    try {
      const preparation = ours.cells.slice(0, first);
      const marks = await runCells(tell => open(own, tell), cells, preparation, words);
      const result = { ...marks, notes: [...notesOn(read, marks), ...marks.notes] };
      writeJson(file, result);
      return result;
    } catch (error) {
      return { exercises: {}, notes: [words.lost(String(error).split('\n', 1)[0] ?? '')] };
    }
  }

  /** Says what is to be seen of a notebook as a whole. */
  function notesOn({ cells, claimed, wrong }: Read, { exercises }: Marks): string[] {
    const ids = Object.keys(names.mistakes);
    const found = cells.flatMap(cell => cell.own);
    const missing = ids.filter(id => !found.includes(id));
    const inOrder = ids.flatMap(id => found.filter(each => each === id));
    const untrue = claimed?.filter(id => !exercises[id]?.passed) ?? [];
    const notes = [
      wrong.some(({ kind }) => kind === 'tooLarge') && words.large,
      !claimed && words.cleared,
      missing.length > 0 && words.missing(missing.join(', ')),
      String(found) !== String(inOrder) && words.reordered,
      untrue.length > 0 && words.claimed(untrue.join(', ')),
    ];
    return notes.filter(note => typeof note === 'string');
  }

  const waiting = [...notebooks];
  const ended = new Map<Read, Read>();
  const runAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [source, read] = next;
      onProgress(ended.size, notebooks.length, source);
      ended.set(read, asRead(await run(read), `run ${ended.size}`, read));
      onProgress(ended.size, notebooks.length, source);
    }
  };
  try {
    await Promise.all(Array.from({ length: PAGES }, runAll));
  } finally {
    waiting.length = 0;
    await (await sandbox)?.close();
  }
  return ended;
}

/** Puts what a notebook came to in the place of what it says; it counts even if its line is another's. */
function asRead({ exercises, notes }: Marks, id: string, { records: [own] }: Read): Read {
  const wrong = Object.entries(exercises).map(([exercise, marked]) => {
    const tries = Math.max(marked.tries, own?.exercises[exercise]?.tries ?? 0);
    return [exercise, { ...marked, tries }] as const;
  });
  const record = {
    count: 0,
    guesses: {},
    quiz: {},
    ...own,
    id,
    exercises: Object.fromEntries(wrong),
  };
  return { records: wrong.length > 0 ? [record] : [], wrong: [], notes, cells: [] };
}
