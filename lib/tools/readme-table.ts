/** Tables that a command writes into both READMEs, each between two marks of its name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { projectRoot } from './project/paths';

export const readmeOf = (language: Language) =>
  join(projectRoot, language === 'zh' ? 'README.zh.md' : 'README.md');

/** Where a table stands in a README: the text before, within and after its two marks. */
export function parted(readme: string, name: string): [string, string, string] {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [readme.indexOf(opening), readme.indexOf(closing)];
  if (from < 0 || to < from) throw new Error(`Expected ${opening} before ${closing} in the README`);
  const start = from + opening.length;
  return [readme.slice(0, start), readme.slice(start, to), readme.slice(to)];
}

/** The table of a README, as it stands there. */
export const readTable = (language: Language, name: string) =>
  parted(readFileSync(readmeOf(language), 'utf8'), name)[1].trim();

/** A README with a table in the place of the one that it has. */
export function withTable(readme: string, name: string, table: string): string {
  const [before, , after] = parted(readme, name);
  return `${before}\n${table}\n${after}`;
}

/** Writes a table in each language. */
export function writeTables(name: string, tableOf: (language: Language) => string): void {
  for (const language of ['en', 'zh'] as const) {
    const file = readmeOf(language);
    writeFileSync(file, withTable(readFileSync(file, 'utf8'), name, tableOf(language)));
  }
}
