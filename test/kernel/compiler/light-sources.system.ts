import assert, { deepEqual, equal, ok } from 'node:assert/strict';
import { dirname, join } from 'node:path';
import ts from 'typescript-api';
import { LightSources, type SourceHost } from '../../../lib/kernel/compiler/light-sources';
import { projectRoot } from '../../../lib/tools/project/paths';

/** What a module is imported by, as a cell imports it. */
const CELL = join(projectRoot, 'notebooks', 'cell.ts');
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  esModuleInterop: true,
  resolveJsonModule: true,
  strict: true,
};

type Host = ts.CompilerHost;

/** Declarations, which are the same for all programs. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** A host that reads each file once, as the kernel's does; files that are given are not read. */
function hostOf(files: Readonly<Record<string, string>>): Host {
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, fileExists, getSourceFile } = host;
  const sources = new Map<string, ts.SourceFile | undefined>();
  host.readFile = name => files[name] ?? readFile(name);
  host.fileExists = name => name in files || fileExists(name);
  host.getSourceFile = (name, version) => {
    const known = name.endsWith('.d.ts') ? declarations : sources;
    if (!known.has(name)) known.set(name, getSourceFile.call(host, name, version));
    return known.get(name);
  };
  return host;
}

function lightened(host: Host): LightSources {
  const sources = new LightSources(ts);
  sources.lighten(host as unknown as SourceHost);
  sources.keepWhole([CELL]);
  return sources;
}

/** A program of the cell and of what it imports, with whole sources and with light ones. */
function programsOf(files: Readonly<Record<string, string>>) {
  const light = hostOf(files);
  lightened(light);
  return {
    whole: ts.createProgram([CELL], OPTIONS, hostOf(files)),
    light: ts.createProgram([CELL], OPTIONS, light),
  };
}

function sourceOf(program: ts.Program, name: string): ts.SourceFile {
  return program.getSourceFile(name) ?? assert.fail(`no ${name}`);
}

/** Writes what a cell sees of what a file exports: the types, those of its members, and what is said of them. */
function seen(program: ts.Program, fileName: string): string[] {
  const checker = program.getTypeChecker();
  const file = sourceOf(program, fileName);
  const module = checker.getSymbolAtLocation(file) ?? assert.fail(`${fileName} is no module`);
  const lines: string[] = [];
  const known = new Set<ts.Symbol>();
  const say = (path: string, symbol: ts.Symbol, deep: number) => {
    const value = checker.getTypeOfSymbolAtLocation(symbol, file);
    const declared = checker.getDeclaredTypeOfSymbol(symbol);
    const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
    const types = [value, declared].map(type => checker.typeToString(type, undefined, flags));
    const said = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    lines.push(`${path.replace(/@\d+/g, '@')}: ${types.join(' | ')} // ${said}`);
    if (deep === 0 || known.has(symbol)) return;
    known.add(symbol);
    for (const type of [value, declared]) {
      for (const member of type.getProperties()) {
        const from = member.declarations?.[0]?.getSourceFile().fileName ?? '';
        if (!from.includes('node_modules')) say(`${path}.${member.name}`, member, deep - 1);
      }
    }
  };
  for (const symbol of checker.getExportsOfModule(module)) {
    const { Alias } = ts.SymbolFlags;
    say(symbol.name, symbol.flags & Alias ? checker.getAliasedSymbol(symbol) : symbol, 3);
  }
  return lines;
}

const nodesOf = (node: ts.Node): number => {
  let nodes = 1;
  ts.forEachChild(node, child => {
    nodes += nodesOf(child);
  });
  return nodes;
};

const sizeOf = (program: ts.Program, part: string) =>
  program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(join(projectRoot, part)))
    .reduce((sum, file) => sum + nodesOf(file), 0);

/** A module, and what of it another file does not see. */
const MODULES: Readonly<Record<string, { module: string; gone?: string[]; kept?: string[] }>> = {
  'a function whose result is declared': {
    module: `import { basename } from 'node:path';
      /** Says what a file is called. */
      export function nameOf(file: string): string { return basename(file); }`,
    gone: ['basename(file)', 'node:path'],
  },
  'one whose result is inferred': {
    module: `import { basename } from 'node:path';
      export function nameOf(file: string) { return { name: basename(file) }; }`,
    kept: ['node:path'],
  },
  arrows: {
    module: `import * as path from 'node:path';
      export const one = (a: string): string => path.join(a, a);
      export const two: (a: string) => string = a => path.join(a);
      export const three = async (a: number): Promise<number> => { await null; return a; };
      export const four = (a = 1) => a;`,
    gone: ['path.join', 'node:path'],
  },
  'parameters with a value, of every kind': {
    module: `export function f(a: number, b = 2, { c = 3, d = [4] }: { c?: number; d?: number[] } = {}, ...rest: string[]): void { console.log(a, b, c, d, rest); }`,
    gone: ['console'],
  },
  'a class whose constructor gives a property its type': {
    module: `export class A { private readonly port; readonly n: number = 3; #secret = new Map<string, number>();
      static made?: A; readonly list = [1, 2];
      constructor(readonly first: string, protected second = first.length) { this.port = { first, second }; }
      get size(): number { return this.#secret.size + this.second; }
      set size(value: number) { this.#secret.set(String(value), this.port.second); }
      open() { return this.port; } static make(): A { return new A('a'); } }`,
    gone: ["new A('a')"],
    kept: ['this.port = {'],
  },
  'overloads, generators and assertions': {
    module: `export function f(a: string): string; export function f(a: number): number;
      export function f(a: unknown): unknown { return a; }
      export function* g(n: number): Generator<number, string> { yield n; return 'end'; }
      export async function* h(n: number): AsyncGenerator<number> { yield n; }
      export function isText(a: unknown): a is string { return typeof a === 'string'; }
      export function assertText(a: unknown): asserts a is string { if (typeof a !== 'string') throw new Error(); }`,
    gone: ['yield', 'throw'],
  },
  constants: {
    module: `export const TABLE: Readonly<Record<string, number>> = { a: 1, b: 2 };
      export const NAMES = ['a', 'b'] as const; export type Name = (typeof NAMES)[number];
      export const [first, second]: [number, string] = [1, 'x']; export let later: number | undefined = 3;
      export const made = Object.fromEntries(NAMES.map(name => [name, 1] as const));
      export const checked = { a: 1 } satisfies Record<string, number>;`,
    gone: ['b: 2', "'x'"],
    kept: ['as const', 'satisfies'],
  },
  'what runs as the module is loaded': {
    module: `export const all = new Map<string, number>(); all.set('a', 1);
      if (all.size > 0) { for (const key of all.keys()) console.log(key); } else throw new Error('none');
      try { all.clear(); } finally { all.set('b', 2); }`,
    gone: ['all.set', 'console', 'all.clear'],
  },
  'a class that a function makes': {
    module: `type Made<T> = new (...args: any[]) => T;
      export function named<B extends Made<object>>(Base: B) { return class extends Base { get title(): string { return 'it'; } half(): number { return 0.5; } }; }
      export const Named = named(Object);`,
    gone: ["'it'", '0.5'],
  },
  'enums, namespaces, and an export of its own': {
    module: `import fs, { type Stats } from 'node:fs';
      export enum E { A = 'a', B = 'b' } export const enum N { One = 1 }
      export namespace space { export const inner = 1; export function f(): Stats { return fs.statSync('.'); } }
      export default class { read(): Stats { return fs.statSync('/'); } }
      const own = 3; export { own as renamed }; export type { Stats }; export * from 'node:os'; export * as url from 'node:url';`,
    gone: ['fs.statSync'],
    kept: ['Stats', 'node:os', 'node:url'],
  },
  'what it declares for all': {
    module: `import './declares'; declare global { interface Array<T> { readonly lesson: T } var lessonName: string; }
      export const x: number = [1].lesson; export const y = lessonName; export const z = declaredElsewhere;`,
    kept: ['./declares'],
  },
  'an object with methods': {
    module: `export const host = { name: 'host', get size(): number { return 1 + 1; }, read(a: string): string { return a.trim(); }, of: <T>(a: T): T[] => [a, a] };`,
    gone: ['1 + 1', 'trim', '[a, a]'],
  },
};

describe('light sources', () => {
  for (const [name, { module, gone = [], kept = [] }] of Object.entries(MODULES)) {
    it(`show the same of ${name}`, () => {
      const file = join(dirname(CELL), 'given.ts');
      const files = {
        [CELL]: "import * as given from './given'; export { given };",
        [file]: module,
        [join(dirname(file), 'declares.ts')]:
          'declare global { var declaredElsewhere: bigint } export {};',
      };
      const { whole, light } = programsOf(files);
      deepEqual(seen(light, file), seen(whole, file));
      const text = ts.createPrinter().printFile(sourceOf(light, file));
      for (const part of gone) ok(!text.includes(part), `${part} is still there: ${text}`);
      for (const part of kept) ok(text.includes(part), `${part} is gone: ${text}`);
    });
  }

  it('show the same of all that the notebooks import, in less than a third of what there is', function () {
    this.timeout(120_000);
    const cell = ['digits', 'mnist-data-loader', 'tfjs-graph']
      .map((name, i) => `import * as _${i} from '${name}';`)
      .join('\n');
    const { whole, light } = programsOf({ [CELL]: cell });
    for (const name of ['digits', 'mnist-data-loader', 'tfjs-graph']) {
      const file = join(projectRoot, 'lib', name, 'index.ts');
      const [found, expected] = [seen(light, file), seen(whole, file)];
      ok(expected.length > 20, `${name}: ${expected.length}`);
      deepEqual(found, expected);
    }
    const [less, all] = [sizeOf(light, 'lib'), sizeOf(whole, 'lib')];
    ok(less < all / 3, `${less} nodes of ${all}`);
  });

  it('are whole for a cell that imports them by their paths', () => {
    const file = join(projectRoot, 'lib', 'digits', 'divide.ts');
    const cell = "import { divide } from '../lib/digits/training/divide'; export { divide };";
    const host = hostOf({ [CELL]: cell });
    const sources = lightened(host);
    const size = (program: ts.Program) => nodesOf(sourceOf(program, file));
    const before = ts.createProgram([CELL], OPTIONS, host);
    ok(sources.keepWhole([CELL, file]));
    const after = ts.createProgram([CELL], OPTIONS, host, before);
    ok(size(after) > size(before), `${size(before)} to ${size(after)} nodes`);
    equal(sources.keepWhole([CELL, file]), false);
    const again = ts.createProgram([CELL], OPTIONS, host, after);
    ok(sourceOf(again, file) === sourceOf(after, file));
  });
});
