/** Tables that a command writes into the READMEs of a folder, each between two marks of its name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { projectRoot } from './paths';

/** Returns the README of a folder of the project, such as `test`, in a language. */
export const readmeOf = (folder: string, language: Language) =>
  join(projectRoot, folder, language === 'zh' ? 'README.zh.md' : 'README.md');

/** Parts a README into the text before, within and after the two marks of a table. */
export function parted(readme: string, name: string): [string, string, string] {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [readme.indexOf(opening), readme.indexOf(closing)];
  if (from < 0 || to < from) throw new Error(`Expected ${opening} before ${closing} in the README`);
  const start = from + opening.length;
  return [readme.slice(0, start), readme.slice(start, to), readme.slice(to)];
}

/** Reads the table that stands in a folder's README. */
export const readTable = (folder: string, language: Language, name: string) =>
  parted(readFileSync(readmeOf(folder, language), 'utf8'), name)[1].trim();

/** Puts a table in the place of the one that a README has. */
export function withTable(readme: string, name: string, table: string): string {
  const [before, , after] = parted(readme, name);
  return `${before}\n${table}\n${after}`;
}

/** Writes a table into a folder's README. */
export function writeTable(folder: string, language: Language, name: string, table: string): void {
  const file = readmeOf(folder, language);
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), name, table));
}

/** Writes a table into a folder's README of each language. */
export function writeTables(
  folder: string,
  name: string,
  tableOf: (language: Language) => string,
): void {
  for (const language of ['en', 'zh'] as const) {
    writeTable(folder, language, name, tableOf(language));
  }
}
