/** Runs `npm run report`: reads the hand-ins of a class and writes the report as HTML and CSV. */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { filesBelow, printPaths, writeWhole } from 'command/machine/files';
import { workFolder } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import type { Language } from 'digits/language';
import { prepare } from 'lab/setup/prepare';
import { catalogue } from './catalogue';
import { reportPage } from './html';
import { texts } from './page/language';
import { type HandIn, handInOf, readHandIns } from './read';
import { csvOf, rowsOf } from './tally';

export async function main(options: Options): Promise<void> {
  await prepare(options);
  printPaths(await writeReport(options.rest, options.language));
}

/** Reads a file, or all files of a folder except hidden files and Jupyter's checkpoints. */
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

/**
 * Writes `report.html` and `report.csv` into `build`.
 *
 * @param paths files or folders
 * @returns the written files
 * @throws Failure if a path does not exist, or no files were found
 */
export async function writeReport(paths: readonly string[], language: Language): Promise<string[]> {
  const messageTexts = messages().report;
  const handIns = (await Promise.all(paths.map(handInsOf))).flat();
  if (handIns.length === 0) throw new Failure(messageTexts.noFiles);
  const all = catalogue();
  const classData = readHandIns(handIns, all.names);
  const page = texts[language];
  for (const { source, kind } of classData.problems) console.log(`${source}: ${page.kinds[kind]}`);
  console.log(messageTexts.learners(classData.learners.length, handIns.length));
  const html = join(workFolder, 'build', 'report.html');
  const csv = join(workFolder, 'build', 'report.csv');
  writeWhole(html, reportPage({ initialClass: classData }, language));
  writeWhole(csv, csvOf(rowsOf(classData.learners), all[language], page));
  return [html, csv];
}
