import { equal } from 'node:assert/strict';
import ts from 'typescript-api';
import { withoutExports } from '../../../lib/kernel/compiler/exports';

/** Cells, and what is left of them; blanks that stand in for what is gone are written as one. */
const CELLS = {
  'export const a = 1; export let b: number': 'const a = 1; let b: number',
  'export async function f() {}': 'async function f() {}',
  'export default function f() {}': 'function f() {}',
  'export default function () {}': 'void function () {}',
  'export default class {}': 'void class {}',
  'export default async () => 1; 2': 'void ( async () => 1); 2',
  'export default { a, b }': 'void ( { a, b })',
  'export abstract class A<T> {}': 'abstract class A<T> {}',
  'export type T = 1; export interface I {}': 'type T = 1; interface I {}',
  'export default interface I {}': 'interface I {}',
  'export { a, b as c }; a': 'a',
  "export * from 'm'; export type { T } from 'm'; a": 'a',
  'export declare const d: number': 'declare const d: number',
  '/* export */ const e = `export const x = 1` // export': undefined,
  'namespace N { export const q = 1 }': undefined,
  'const exported = { export: 1 }.export': undefined,
  'export const = 1': 'const = 1',
};

describe('withoutExports', () => {
  for (const [cell, left] of Object.entries(CELLS)) {
    it(cell, () => {
      const plain = withoutExports(ts, cell);
      equal(plain.replace(/ +/g, ' ').trim(), left ?? cell);
    });
  }

  it('leaves each line and column where it was', () => {
    const cell =
      'export const a = 1,\n  b = 2;\nexport {\n  a,\n  b,\n};\nexport function f() { return b; }';
    const plain = withoutExports(ts, cell);
    equal(plain.indexOf('b = 2'), cell.indexOf('b = 2'));
    equal(plain.indexOf('function f'), cell.indexOf('function f'));
    equal(plain.split('\n').length, cell.split('\n').length);
  });
});
