/** The results of the matrix of versions, and their table. */
import { join } from 'node:path';
import type { Language, Text } from 'digits/language';
import { readJson } from '../project/files';
import { projectRoot } from '../project/paths';

/** The major versions of Node that the project promises. */
export const NODES = [20, 22, 24] as const;

/** One version of Node with one of Python. */
export interface Result {
  /** Such as `24.21.0`. */
  readonly node: string;
  /** Such as `3.13.0`. */
  readonly python: string;
  /** Seconds of `npm run lesson`; undefined where it, or the set-up before it, failed. */
  readonly lesson?: number;
  /** The tests that mocha counted; undefined where it counted none. */
  readonly tests?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  /** Which tests ran: all of `npm test`, or its core. */
  readonly extent: 'all' | 'core';
}

export const RECORD = join(projectRoot, 'build', 'versions.json');

/** Returns the newest result of each pair so far. */
export const readResults = () => readJson<Result[]>(RECORD) ?? [];

/** Returns `24` of `24.21.0`. */
export const majorOf = (node: string) => Number(node.split('.')[0]);
/** Returns `3.13` of `3.13.0`. */
export const minorOf = (python: string) => python.split('.').slice(0, 2).join('.');

/** Puts a new result in the place of an older one of the same versions. */
export const withResult = (record: readonly Result[], result: Result): Result[] => [
  ...record.filter(
    ({ node, python }) =>
      majorOf(node) !== majorOf(result.node) || minorOf(python) !== minorOf(result.python),
  ),
  result,
];

/** Writes the table in Markdown: a line a version of Node, a column a version of Python. */
export function tableOf(record: readonly Result[], language: Language): string {
  const distinct = (versions: string[]) =>
    [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const nodes = distinct(record.map(({ node }) => node));
  const pythons = distinct(record.map(({ python }) => python));
  const cell = (node: string, python: string) => {
    const result = record.find(each => each.node === node && each.python === python);
    return result ? outcomeOf(result)[language] : '–';
  };
  return [
    ['', ...pythons.map(python => `Python ${python}`)],
    ['', ...pythons].map(() => '---'),
    ...nodes.map(node => [`Node ${node}`, ...pythons.map(python => cell(node, python))]),
  ]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Describes a result in a few words. */
function outcomeOf({ lesson, tests, extent }: Result): Text {
  const parts: Text[] = [
    lesson === undefined
      ? { en: 'lesson failed', zh: '课程失败' }
      : { en: 'the lesson', zh: '课程' },
  ];
  const kind = { all: { en: 'tests', zh: '项测试' }, core: { en: 'core tests', zh: '项核心测试' } }[
    extent
  ];
  if (!tests) parts.push({ en: 'tests failed', zh: '测试失败' });
  else {
    const { passed, failed, skipped } = tests;
    parts.push({ en: `${passed} ${kind.en}`, zh: `${passed} ${kind.zh}` });
    if (failed > 0) parts.push({ en: `${failed} failed`, zh: `${failed} 项失败` });
    if (skipped > 0) parts.push({ en: `${skipped} skipped`, zh: `${skipped} 项跳过` });
  }
  return {
    en: parts.map(({ en }) => en).join(', '),
    zh: parts.map(({ zh }) => zh).join('，'),
  };
}
