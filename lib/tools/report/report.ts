/** `npm run report`: reads what a class has handed in, and writes the report as a page and as a table. */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Language } from 'digits/language';
import type { Names } from 'digits/record/line';
import { Failure } from '../project/failure.mjs';
import { filesBelow, writeWhole } from '../project/files';
import { messages } from '../project/messages';
import { workFolder } from '../project/paths';
import { catalogue } from './catalogue';
import { reportPage } from './html';
import { texts } from './page/language';
import { classOf, type HandIn, handInOf, type Read, type Reads, readHandIn } from './read';
import { csvOf, rowsOf } from './tally';

/** Reads what was named, or all in that folder without hidden files and Jupyter's copies, by their paths in it. */
async function handInsOf(path: string): Promise<HandIn[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Failure(messages().report.missing(path));
  const isFolder = stat.isDirectory();
  const isShown = (source: string) => !/(^|\/)\./.test(source);
  const sources = isFolder ? filesBelow(path).filter(isShown) : [basename(path)];
  const handIns = sources.map(source => {
    const file = isFolder ? join(path, source) : path;
    return handInOf(source, { size: statSync(file).size, text: () => readFile(file, 'utf8') });
  });
  return Promise.all(handIns);
}

/** Runs the notebooks, and puts what they came to in the place of what they say. */
async function ranAnew(reads: Reads, names: Names, language: Language): Promise<Reads> {
  // Only here, since it has packages that other commands do without.
  const { runNotebooks }: typeof import('./run') = require('./run');
  const notebooks = reads.filter(([, { cells }]) => cells.length > 0);
  const runs = await runNotebooks(notebooks, {
    ...{ language, names, results: join(workFolder, 'build', 'report-runs') },
    onProgress: (...progress) => console.log(messages().report.running(...progress)),
  });
  return reads.map(([source, read]) => {
    // What a notebook of another lesson says of itself does not count either.
    const isOther = source.endsWith('.ipynb') && read.records.length > 0;
    const other: Read = isOther
      ? { records: [], wrong: [{ kind: 'otherLesson' }], cells: [] }
      : read;
    return [source, runs.get(read) ?? other];
  });
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
  const handIns = (await Promise.all(paths.map(handInsOf))).flat();
  if (handIns.length === 0) throw new Failure(said.noFiles);
  const all = catalogue();
  const reads = handIns.map(each => [each.source, readHandIn(each, all.names)] as const);
  const given = classOf(run ? await ranAnew(reads, all.names, language) : reads);
  const page = texts[language];
  for (const { source, kind, words } of given.problems) {
    console.log(`${source}: ${words ?? page.kinds[kind]}`);
  }
  console.log(said.learners(given.learners.length, handIns.length));
  const html = join(workFolder, 'build', 'report.html');
  const csv = join(workFolder, 'build', 'report.csv');
  writeWhole(html, reportPage({ given, isRun: run }, language));
  writeWhole(csv, csvOf(rowsOf(given.learners), all[language], page));
  return [html, csv];
}
