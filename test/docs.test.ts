/** The documents: links and names have targets, and both languages have the same content. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { dirname, join } from 'node:path/posix';
import { projectRoot } from '../lib/command/machine/paths';
import packageJson from '../package.json';
import { readData, readText } from './texts';

const all = (pattern: RegExp, text: string): string[] =>
  Array.from(text.matchAll(pattern), ([whole, ...parts]) => parts.find(Boolean) ?? whole);

const inProject = readdirSync(projectRoot);
/** Files that set-up and the commands generate. */
const GENERATED = /^(\.venv|\.venv-bench|build|dist|node_modules)\b|^data\/(?!README)/;

const documents = [
  ...inProject,
  ...['data', 'lib', 'notebooks', 'test'].flatMap(folder =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map(file =>
      join(folder, ...file.split(sep)),
    ),
  ),
].filter(file => file.endsWith('.md') && !/\b(node_modules|dist|ipynb_checkpoints)\b/.test(file));

/** Links in each form that Markdown knows. */
const LINK = /\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*<?([^\s>]+)|\b(?:src|href)="([^"]+)"/gm;
const BLOCK = /^```.*\n([\s\S]*?)^```/gm;
const CODE = /`([^`\n]+)`/g;
const COMMANDS = /^```sh\n([\s\S]*?)^```/gm;

/** Lists the links, paths and commands in a document that do not exist. */
function missing(text: string, file: string): string[] {
  const prose = text.replace(BLOCK, '');
  return [
    ...all(LINK, prose).filter(link => !isThere(link, file, text)),
    ...prose.split('\n').flatMap(line => missingPaths(all(CODE, line), file, line.startsWith('|'))),
    ...missingPaths(all(COMMANDS, text), file, false),
    ...[...all(CODE, prose), ...all(COMMANDS, text)].flatMap(unknownCommands),
  ];
}

/** Paths may begin at the project, at the document, or, in a row of a table, at the folder of the row. */
function missingPaths(code: readonly string[], file: string, isRow: boolean): string[] {
  const directory = dirname(file);
  const paths = code.flatMap(span => span.split(/\s+/)).filter(word => isPath(word, directory));
  const folders = isRow ? paths.filter(path => path.endsWith('/')) : [];
  const starts = ['', directory, ...folders.map(folder => join(directory, folder))];
  return paths.filter(path => !starts.some(start => existsSync(join(projectRoot, start, path))));
}

function isThere(link: string, file: string, text: string): boolean {
  // The second is a page of the repository's host, the target of a README's link.
  if (/^(https?|mailto):|^\.\.\/\.\.\/deployments\//.test(link)) return true;
  const [path = '', anchor] = decodeURI(link).split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(projectRoot, target))) return false;
  return anchor === undefined || anchors(path === '' ? text : readText(target)).includes(anchor);
}

/** The names that GitHub gives to headings. */
const anchors = (text: string): string[] =>
  all(/^#+ (.+)$/gm, text).map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );

/** Returns true if a word of code in a folder's document is a path inside the project. */
function isPath(word: string, folder: string): boolean {
  if (!/^(\.\.\/)*[\w.-]+(\/[\w.-]+)*\/?$/.test(word)) return false;
  if ([word, join(folder, word)].some(path => GENERATED.test(path))) return false;
  const [first = '', ...others] = word.split('/');
  return (
    word.endsWith('/') ||
    (others.length > 0 && inProject.includes(first)) ||
    /\w{2}\.([cm]?[jt]s|cc|h|py|md|json|yml|lock|ipynb|css|svg|png)$/.test(word)
  );
}

/** Commands of npm itself. */
const OF_NPM = ['ci', 'config', 'install', 'pack'];

/** The commands of npm in a piece of code that neither npm nor a `package.json` has. */
function unknownCommands(code: string): string[] {
  const commands = code.matchAll(/\bnpm (?:--prefix \S+ )?(run )?([a-z][\w:-]*)(?: -w ([\w-]+))?/g);
  return Array.from(commands).flatMap(([command, run, script = '', workspace]) => {
    if (!run && OF_NPM.includes(script)) return [];
    const folder = workspace === undefined ? '' : join('lib', workspace);
    const { scripts = {} } = JSON.parse(readText(join(folder, 'package.json')));
    return script in scripts && (run || /^(start|test)$/.test(script)) ? [] : [command];
  });
}

/** Headings, list items and table rows, in their order. */
const shape = (text: string): string[] => all(/^(#+|\d\.|- |\|)/gm, text.replace(BLOCK, ''));

describe('the documents', () => {
  for (const file of documents) {
    it(`${file} links to and names what there is`, () => {
      assert.deepEqual(missing(readText(file), file), []);
    });
  }

  for (const chinese of documents.filter(file => file.endsWith('.zh.md'))) {
    const english = chinese.replace('.zh.md', '.md');
    it(`${english} and ${chinese} have the same headings, list items and table rows`, () => {
      assert.deepEqual(shape(readText(chinese)), shape(readText(english)));
    });
  }

  it('SECURITY.md says as much in Chinese as in English', () => {
    const [english = '', chinese = ''] = readText('SECURITY.md').split('\n## 中文\n');
    assert.deepEqual(shape(chinese), shape(english.replace(/^# .*/, '').replace(/^##/gm, '###')));
  });

  it('SECURITY.md names the tests of each promise, the same in both languages', () => {
    const [english = [], chinese = []] = ['What is promised', '我们保证'].map(heading => {
      const [, after = ''] = readText('SECURITY.md').split(`# ${heading}\n`);
      const promises = all(/^- (.+)$/gm, after.split('\n#')[0] ?? '');
      return promises.map(promise => all(/\]\((test\/[^)]+\.ts)\)/g, promise));
    });
    assert.ok(english.length >= 8 && english.every(tests => tests.length > 0));
    assert.deepEqual(chinese, english);
  });

  for (const file of ['README.md', 'README.zh.md']) {
    it(`${file} has 120 lines at most and lists every command`, () => {
      const lines = readText(file).trimEnd().split('\n').length;
      assert.ok(lines <= 120, `${lines} lines`);
      const listed = all(/^\| `npm (?:run )?([\w:-]+)` \|/gm, readText(file));
      assert.deepEqual(listed.sort(), Object.keys(packageJson.scripts).sort());
    });
  }
});

describe('a document that names what there is not', () => {
  it('is noticed, whatever it names, and is told from one that names what there is', () => {
    const { faulty, sound } = readData<{ documents: { faulty: string[]; sound: string } }>(
      'checkers.yml',
    ).documents;
    for (const text of faulty) {
      assert.equal(missing(`# A title\n\n${text}\n`, 'test/README.md').length, 1, text);
    }
    assert.deepEqual(missing(sound, 'test/README.md'), []);
  });
});
