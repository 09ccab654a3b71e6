/** Tables that a command writes into both READMEs, each between two marks of its name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../lib/language';
import { projectRoot } from '../lib/setup/paths';

export const readmeOf = (language: Language) =>
  join(projectRoot, language === 'zh' ? 'README.zh.md' : 'README.md');

/** What a command has counted in all its runs so far; nothing before the first. */
export function readRecord<T>(file: string): T[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

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

/** Writes a table in each language. */
export function writeTables(name: string, tableOf: (language: Language) => string): void {
  for (const language of ['en', 'zh'] as const) {
    const file = readmeOf(language);
    const [before, , after] = parted(readFileSync(file, 'utf8'), name);
    writeFileSync(file, `${before}\n${tableOf(language)}\n${after}`);
  }
}
