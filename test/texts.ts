/** The texts for learners in the sources. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from '@tslab/typescript-for-tslab';
import { parse } from 'yaml';
import { projectRoot } from '../lib/command/machine/paths';
import type { Language } from '../lib/digits/language';

/** Reads a file below the project. */
export const readText = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

/** Reads data of the tests: YAML, below `test/`. */
export const readData = <T>(file: string): T => parse(readText(`test/${file}`), { merge: true });

/** Lists the text files of the exercises by path below the project. */
export const exerciseTexts = (language: Language): string[] =>
  readdirSync(join(projectRoot, 'lib/digits/exercises'))
    .map(name => `lib/digits/exercises/${name}/text.${language}.ts`)
    .filter(file => existsSync(join(projectRoot, file)));

/** Returns the text of a notebook's source in a language. */
export const notebookText = (name: string, language: Language): string =>
  readText(`notebooks/${name}.ts`)
    .split(/^\/\/ %%/m)
    .filter(cell => cell.startsWith(` [markdown] tags=["${language}"`))
    .map(cell => cell.replace(/^.*\n/, '').replace(/^\/\/ ?/gm, ''))
    .join('\n');

/** Lists the literals of a file of messages, with a dot for each placeholder. */
export function literalsOf(file: string): string[] {
  const files: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    // The cells are code.
    if (ts.isPropertyAssignment(node) && /^(starter|solution)$/.test(node.name.getText())) return;
    const isName = ts.isPropertyAssignment(node.parent) && node === node.parent.name;
    if (ts.isStringLiteralLike(node) && !isName) files.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const filled = node.templateSpans.map(span => `·${span.literal.text}`);
      files.push(node.head.text + filled.join(''));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true), visit);
  return files;
}
