/** `npm run report`: reads what a class has handed in, and writes the report as a page and as a table. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { sha256, writeWhole } from '../project/files';
import { messages } from '../project/messages';
import { workFolder } from '../project/paths';
import { catalogue } from './catalogue';
import { reportPage } from './html';
import { texts } from './page/language';
import { type Class, type HandIn, isTooLarge, type Learner, readHandIns } from './read';
import type { NotebookRun } from './run';
import { csvOf, rowsOf } from './tally';

type File = readonly [path: string, source: string];

/** Lists the files of what was named, without hidden ones and Jupyter's copies; those of a folder by their paths in it. */
function filesOf(path: string): File[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Failure(messages().report.missing(path));
  if (!stat.isDirectory()) return [[path, basename(path)]];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file): File => [file, relative(path, file)])
    .filter(([, source]) => !/(^|[\\/])\./.test(source));
}

/** Puts what a notebook came to in the place of what its outputs say; its guesses and answers stay. */
function ranAnew({ exercises, mistakes }: NotebookRun, source: string, own?: Learner): Learner {
  const done = Object.entries(exercises).filter(([, state]) => state !== 'blank');
  const entries = done.map(([id, state]) => {
    const passed = state === 'passed';
    const before = own?.record.exercises[id];
    const tries = Math.max(before?.tries ?? 0, passed ? 0 : 1);
    return [id, { passed, tries, mistakes: passed ? {} : { [mistakes[id] ?? '']: 1 } }] as const;
  });
  const none = { id: sha256(source).slice(0, 8), count: 0, guesses: {}, quiz: {} };
  return { source, record: { ...none, ...own?.record, exercises: Object.fromEntries(entries) } };
}

/** Runs the notebooks among the files, and gives the results as they would be read from true outputs. */
async function withRuns(read: Class, files: readonly File[], language: Language): Promise<Class> {
  // Only here, since it has packages that other commands do without.
  const { runNotebooks }: typeof import('./run') = require('./run');
  const notebooks = new Map(files.filter(([path]) => path.endsWith('.ipynb')));
  const isRun = ({ source }: { source: string }) => [...notebooks.values()].includes(source);
  const learners = read.learners.filter(each => !isRun(each));
  const problems = read.problems.filter(each => !isRun(each));
  const runs = runNotebooks([...notebooks.keys()], {
    language,
    resumeFrom: join(workFolder, 'build', 'report-runs.jsonl'),
    onProgress: (ended, all, path) =>
      console.log(messages().report.running(ended, all, notebooks.get(path) ?? path)),
  });
  for await (const run of runs) {
    const source = notebooks.get(run.file) ?? run.file;
    const own = read.learners.find(each => each.source === source);
    if (Object.keys(run.exercises).length > 0) learners.push(ranAnew(run, source, own));
    problems.push(...run.notes.map(words => ({ source, kind: 'note' as const, words })));
  }
  return { learners, problems };
}

/**
 * Writes `report.html` and `report.csv` into `build`.
 *
 * @param paths files, or folders with all that is in them.
 * @param run whether notebooks are run anew.
 * @returns the files written.
 * @throws Failure if one of them is not there, or no file is.
 */
export async function writeReport(
  paths: readonly string[],
  language: Language,
  run = false,
): Promise<string[]> {
  const said = messages().report;
  const files = paths.flatMap(filesOf);
  if (files.length === 0) throw new Failure(said.noFiles);
  const handIns = files.map(([file, source]): HandIn => {
    return {
      source,
      text: isTooLarge(statSync(file).size) ? undefined : readFileSync(file, 'utf8'),
    };
  });
  const all = catalogue();
  const read = readHandIns(handIns, all.names);
  const given = run ? await withRuns(read, files, language) : read;
  const page = texts[language];
  for (const { source, kind, words } of given.problems) {
    console.log(`${source}: ${words ?? page.kinds[kind]}`);
  }
  console.log(said.learners(given.learners.length, files.length));
  const [html, csv] = ['html', 'csv'].map(end => join(workFolder, 'build', `report.${end}`)) as [
    string,
    string,
  ];
  writeWhole(html, reportPage({ given, isRun: run }, language));
  writeWhole(csv, csvOf(rowsOf(given.learners), all[language], page));
  return [html, csv];
}
