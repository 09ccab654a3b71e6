/** `npm run report`: reads what a class has handed in, and writes the report as a page and as a table. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { writeWhole } from '../project/files';
import { messages } from '../project/messages';
import { workFolder } from '../project/paths';
import { catalogue } from './catalogue';
import { reportPage } from './html';
import { texts } from './page/language';
import { type HandIn, MOST_LETTERS, readHandIns } from './read';
import { csvOf, rowsOf } from './tally';

/** Lists the files of what was named, without hidden ones and Jupyter's copies; those of a folder by their paths in it. */
function filesOf(path: string): [file: string, source: string][] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Failure(messages().report.missing(path));
  if (!stat.isDirectory()) return [[path, basename(path)]];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file): [string, string] => [file, relative(path, file)])
    .filter(([, source]) => !/(^|[\\/])\./.test(source));
}

/**
 * Writes `report.html` and `report.csv` into `build`.
 *
 * @param paths files, or folders with all that is in them.
 * @returns the files written.
 * @throws Failure if one of them is not there, or no file is.
 */
export function writeReport(paths: readonly string[], language: Language): string[] {
  const said = messages().report;
  const files = paths.flatMap(filesOf);
  if (files.length === 0) throw new Failure(said.noFiles);
  const handIns = files.map(([file, source]): HandIn => {
    const isLarge = statSync(file).size > 4 * MOST_LETTERS;
    return { source, text: isLarge ? ' '.repeat(MOST_LETTERS + 1) : readFileSync(file, 'utf8') };
  });
  const all = catalogue();
  const given = readHandIns(handIns, all.names);
  const page = texts[language];
  for (const { source, kind } of given.problems) console.log(`${source}: ${page.kinds[kind]}`);
  console.log(said.learners(given.learners.length, files.length));
  const [html, csv] = ['html', 'csv'].map(end => join(workFolder, 'build', `report.${end}`)) as [
    string,
    string,
  ];
  writeWhole(html, reportPage({ given }, language));
  writeWhole(csv, csvOf(rowsOf(given.learners), all[language], page));
  return [html, csv];
}
