/** The glossary's rule for numbers and spaces, as a search for violations. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../lib/command/machine/paths';
import type { Language } from '../lib/digits/language';
import { literalsOf, notebookText, readData, readText } from './texts';

const LANGUAGES: readonly Language[] = ['en', 'zh'];
const files = (folder: string, suffix: string): string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      file => file.endsWith(suffix) && !/\b(node_modules|dist|\.ipynb_checkpoints)\b/.test(file),
    )
    .map(file => join(folder, file));

/** Returns the prose of a text, without code, formulas, addresses and tags. */
const prose = (text: string): string =>
  text.replace(
    /```[\s\S]*?```|`[^`\n]*`|\$\$?[^$]*\$?\$|\]\([^)]*\)|<[^>\n]+>|\[[\w, …·\u4e00-\u9fff-]*\]|(?<=\|) *[\d.]+ *(?=\|)/g,
    match => (match.startsWith('](') ? ']' : '·'),
  );

interface Style {
  /** The suggested text for a match. */
  readonly rules: Readonly<Record<Language | 'both', Readonly<Record<string, string>>>>;
  readonly wrong: Readonly<Record<Language, readonly string[]>>;
  readonly right: Readonly<Record<Language, string>>;
}

const { rules, wrong, right } = readData<{ readonly style: Style }>('checkers.yml').style;

/** The original tutorial's form; and ports, which have no separators. */
const EXEMPT = /前4个数据|任意4个数据|--port.*/g;

/** Violations of the rule, with the suggested text. */
function styleProblems(text: string, language: Language): string[] {
  return prose(text.replace(EXEMPT, '·'))
    .split('\n')
    .flatMap(line =>
      Object.entries({ ...rules.both, ...rules[language] }).flatMap(([pattern, wanted]) => {
        const match = new RegExp(pattern).exec(line);
        if (!match) return [];
        const around = line.slice(Math.max(0, match.index - 20), match.index + 30);
        return [`${wanted}: …${around}…`];
      }),
    );
}

describe('numbers and spaces', () => {
  for (const language of LANGUAGES) {
    for (const file of ['lesson', 'exercises', 'solutions']) {
      it(`are written by the glossary's rule in notebooks/${file}.ts, ${language}`, () => {
        const text = notebookText(file, language);
        assert.ok(text.length > 50);
        assert.deepEqual(styleProblems(text, language), []);
      });
    }

    it(`are so in what the packages say, ${language}`, () => {
      const allowed = new RegExp(`messages\\b.*\\b${language}\\.\\w+$|\\.${language}\\.ts$`);
      const modules = [...files('lib', '.ts'), ...files('lib', '.mjs')];
      const texts = modules.filter(file => allowed.test(file)).flatMap(literalsOf);
      assert.ok(texts.length > 1000, String(texts.length));
      const sheets = parse(readText(`lib/publish/site/sheets/${language}.yml`));
      texts.push(JSON.stringify(sheets, null, 1));
      assert.deepEqual(
        texts.flatMap(text => styleProblems(text, language)),
        [],
      );
    });
  }

  const documents = files('.', '.md').filter(file =>
    /^(README|TEACHING|lib|notebooks|data|test)/.test(file),
  );
  for (const file of documents.filter(file => !file.includes('GLOSSARY'))) {
    it(`are so in ${file}`, () => {
      assert.deepEqual(styleProblems(readText(file), file.endsWith('.zh.md') ? 'zh' : 'en'), []);
    });
  }

  for (const language of LANGUAGES) {
    it(`are found where they are wrong, and nowhere else, ${language}`, () => {
      for (const text of wrong[language])
        assert.equal(styleProblems(text, language).length, 1, text);
      assert.deepEqual(styleProblems(right[language], language), []);
    });
  }
});
