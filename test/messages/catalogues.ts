/**
 * The texts that the packages promise, word for word: `NAME.yml` contains the texts of a table by path, in
 * each language. Functions have examples, with arguments in `with`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, isCollection, visit } from 'yaml';
import { projectRoot } from '../../lib/command/machine/paths';
import type { Language } from '../../lib/digits/language';
import { readData } from '../texts';

/** The texts of an example, or lists of lines; developers' messages exist only in English. */
export interface Wording {
  readonly with?: readonly unknown[];
  readonly en: string | readonly string[];
  readonly zh?: string | readonly string[];
}

type Catalogue = Record<string, Wording | readonly Wording[]>;

/** The folders of messages by catalogue name. */
const FOLDERS = {
  digits: 'lib/digits/messages',
  command: 'lib/command/messages',
  early: 'lib/command/messages/early',
  kernel: 'lib/kernel/messages',
  'mnist-data-loader': 'lib/mnist-data-loader/messages',
  report: 'lib/class/report/page/messages',
  site: 'lib/publish/site/page/messages',
  'tfjs-graph': 'lib/tfjs-graph/messages',
};

export type Name = keyof typeof FOLDERS;
export const names = Object.keys(FOLDERS) as readonly Name[];

/** Returns the file of messages in a language, below the project; developers' messages have no Chinese file. */
export const fileOf = (name: Name, language: Language): string | undefined =>
  ['ts', 'mjs']
    .map(extension => `${FOLDERS[name]}/${language}.${extension}`)
    .find(file => existsSync(join(projectRoot, file)));

/** Returns the texts in a language, and the functions that return texts, by path. */
export function textsOf(name: Name, language: Language): Map<string, unknown> {
  const file = fileOf(name, language);
  if (!file) return new Map();
  const { [language]: table = {}, ...others } = require(join(projectRoot, file));
  const tables = Object.entries(others).filter(([, other]) => typeof other === 'object');
  return new Map(textsIn({ ...table, ...Object.fromEntries(tables) }));
}

const textsIn = (table: object, path = ''): [path: string, text: unknown][] =>
  Object.entries(table).flatMap(([key, text]) =>
    typeof text === 'object' ? textsIn(text, `${path}${key}.`) : [[path + key, text]],
  );

/** Lists the examples of a text. */
export const examplesOf = (entry: Catalogue[string]): readonly Wording[] => [entry].flat();

/** Reads the promised texts. */
export const readCatalogue = (name: Name): Catalogue => readData(`messages/${name}.yml`);

/** Returns the current texts for the examples of a catalogue. */
export function currentCatalogue(name: Name): Catalogue {
  const promised = readCatalogue(name);
  const [english, chinese] = [textsOf(name, 'en'), textsOf(name, 'zh')];
  const wording = (path: string, given?: readonly unknown[]): Wording => {
    const word = (text: unknown) =>
      typeof text === 'function' ? text(...(given ?? []).map(each => each ?? undefined)) : text;
    return {
      ...(given && { with: given }),
      en: word(english.get(path)),
      ...(chinese.size > 0 && { zh: word(chinese.get(path)) }),
    };
  };
  return Object.fromEntries(
    [...english].map(([path, text]) => {
      if (typeof text !== 'function') return [path, wording(path)];
      return [path, examplesOf(promised[path] ?? []).map(example => wording(path, example.with))];
    }),
  );
}

/** Writes the texts as they are now into the catalogues. */
export function writeCatalogues(): void {
  for (const name of names) {
    const head = ` Each text of ${FOLDERS[name]}, written by \`npx tsx test/messages/write.ts\`.`;
    const file = new Document(currentCatalogue(name), { aliasDuplicateObjects: false });
    file.commentBefore = head;
    visit(file, {
      Pair(_, { key, value }) {
        if (String(key) === 'with' && isCollection(value)) value.flow = true;
      },
    });
    writeFileSync(join(__dirname, `${name}.yml`), file.toString({ lineWidth: 0 }));
  }
}
