/** Runs handed-in notebooks anew, where they can reach nothing, and says which exercises pass. */
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { readText, sha256 } from '../project/files';
import { tables } from '../project/messages';
import { notebookFolder } from '../publish/source';
import { type HandedIn, readHandedIn } from './judge/handed-in';
import { runCells, type State } from './judge/run-cells';
import { buildJudge, openSandbox } from './judge/sandbox';

/** What came of a notebook. */
export interface NotebookRun {
  readonly file: string;
  /** All of the lesson, blank if the notebook lacks them; none if it cannot be run. */
  readonly exercises: Readonly<Record<string, State>>;
  /** The mistakes of those that are wrong, by the names in the exercises' texts; empty for one without a name. */
  readonly mistakes: Readonly<Record<string, string>>;
  /** What the teacher should know, a sentence each. */
  readonly notes: readonly string[];
}

export interface RunOptions {
  /** That of the notes. */
  readonly language: Language;
  /** Hears, as each notebook begins and as it ends, how many of all have ended. */
  readonly onProgress?: (ended: number, all: number, file: string) => void;
  /** A file of JSON lines to which each result is added, and from which those of the same content are taken. */
  readonly resumeFrom?: string;
}

type Sandbox = ReturnType<typeof openSandbox>;

/** So many notebooks run at a time: each has a processor. */
const PAGES = Math.max(1, Math.min(4, availableParallelism()));

/**
 * Runs notebooks. Each result comes as soon as it is there; whatever is wrong with a notebook is in its notes.
 *
 * @throws Failure if there is no browser.
 */
export async function* runNotebooks(
  files: readonly string[],
  { language, onProgress, resumeFrom }: RunOptions,
): AsyncGenerator<NotebookRun> {
  const words = tables[language].judge;
  const version = sha256((await buildJudge()) + language);
  const known = readResults(resumeFrom);
  let sandbox: Sandbox | undefined;

  async function run(file: string): Promise<NotebookRun> {
    const handedIn = readHandedIn(file, words);
    const { cells, notes } = handedIn;
    const none = { file, exercises: {}, mistakes: {}, notes };
    if (cells.length === 0) return none;
    const key = sha256(version + handedIn.hash);
    const before = known.get(key);
    if (before) return { ...before, file };
    sandbox ??= openSandbox(() => {
      sandbox = undefined;
    });
    const opened = await sandbox;
    try {
      const result = { file, ...(await judged(handedIn, opened)) };
      if (resumeFrom) appendFileSync(resumeFrom, `\n${JSON.stringify({ key, ...result })}\n`);
      return result;
    } catch (error) {
      return { ...none, notes: [...notes, words.lost(String(error).split('\n', 1)[0] ?? '')] };
    }
  }

  async function judged({ cells, claimed, notes }: HandedIn, { open }: Awaited<Sandbox>) {
    const own = cells.some(({ code }) => /setLanguage\(\s*['"`]zh/.test(code)) ? 'zh' : 'en';
    const { cells: ours } = readHandedIn(join(notebookFolder, `exercises.${own}.ipynb`), words);
    const first = ours.findIndex(cell => cell.own.length > 0);
    const preparation = ours.slice(0, first);
    const marks = await runCells(tell => open(own, tell), cells, preparation, words);
    const untrue = claimed.filter(id => marks.exercises[id] !== 'passed');
    if (untrue.length > 0) marks.notes.add(words.claimed(untrue.join(', ')));
    return { ...marks, notes: [...notes, ...marks.notes] };
  }

  const waiting = [...new Set(files)];
  const [all, running] = [waiting.length, new Map<string, Promise<NotebookRun>>()];
  let ended = 0;
  try {
    while (ended < all) {
      while (running.size < PAGES && waiting[0] !== undefined) {
        const file = waiting.shift() as string;
        onProgress?.(ended, all, file);
        running.set(file, run(file));
      }
      const result = await Promise.race(running.values());
      running.delete(result.file);
      onProgress?.(++ended, all, result.file);
      yield result;
    }
  } finally {
    await (await sandbox)?.close();
  }
}

/** Reads the results of an earlier run by what they are of; a line that was cut off is left out. */
function readResults(file: string | undefined): Map<string, NotebookRun> {
  const lines = (file && readText(file))?.match(/^\{"key":"\w+",.*\]\}$/gm) ?? [];
  return new Map(lines.map(line => JSON.parse(line)).map(({ key, ...result }) => [key, result]));
}
