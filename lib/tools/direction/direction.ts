/**
 * The direction of the imports: which package may import which, and that nothing leads in a circle.
 *
 * It is not `dependency-cruiser` that checks it, since that reads TypeScript by a JavaScript
 * interface which TypeScript 7 no longer has. The TypeScript that tslab brings has it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { type Arrow, circles } from './circles';
import { type Import, readSource, type Source } from './imports';

/** What each package may import of ours. */
const BELOW: Record<string, readonly string[]> = {
  'mnist-data-loader': [],
  'tfjs-graph': [],
  digits: ['mnist-data-loader', 'tfjs-graph'],
  kernel: ['mnist-data-loader', 'tfjs-graph', 'digits'],
  tools: ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel'],
};

/** Files by which a package may be entered beside its index, and why. `tools` enters anywhere. */
const DOORS: Record<string, string> = {
  'digits/language': 'the kernel speaks before TensorFlow.js is loaded',
  'digits/notebook/interrupt': 'the kernel starts before TensorFlow.js is loaded',
  'digits/register.cjs': 'the thread of the compiler is started with it',
};

const SOURCE = /\.[cm]?[jt]sx?$/;

interface Package {
  readonly name: string;
  readonly declared: readonly string[];
  /** By their paths below `lib`. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** Finds what runs against the direction in the packages of `lib`, a line for each. */
export function directionFaults(lib: string): string[] {
  const names = readdirSync(lib).filter(name => SOURCE.test(name) || !name.includes('.'));
  return names.flatMap(name => {
    if (!(name in BELOW)) return `lib/${name}: no package of which it is known what it may import.`;
    const own = readPackage(lib, name);
    const imports = Array.from(own.sources, ([file, source]) =>
      source.imports.flatMap(imported => faultOf(lib, own, file, imported) ?? []),
    );
    return [...imports.flat(), ...faultsOfCircles(lib, own), ...faultsOfUnused(own)];
  });
}

function readPackage(lib: string, name: string): Package {
  const folder = join(lib, name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const declared = kinds.flatMap(kind => Object.keys(manifest[kind] ?? {}));
  const sources = filesBelow(folder).map(file => {
    const path = relative(lib, file).split(sep).join('/');
    return [path, readSource(file, readFileSync(file, 'utf8'))] as const;
  });
  return { name, declared, sources: new Map(sources) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return SOURCE.test(path) ? [path] : [];
    return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(path);
  });
}

function faultOf(lib: string, own: Package, file: string, imported: Import): string | undefined {
  const says = (rule: string) => `lib/${file} imports ${imported.name}: ${rule}`;
  const target = resolved(lib, file, imported.name);
  if (target !== undefined) {
    if (!target.startsWith(`${own.name}/`)) {
      return says('a file outside of the package. Import a package by its name.');
    }
    return existsSync(join(lib, target)) ? undefined : says('there is no such file.');
  }
  const name = packageOf(imported.name);
  if (name === own.name) return says('its own package. Import the file by its path.');
  if (name in BELOW) {
    const below = BELOW[own.name] ?? [];
    if (!below.includes(name)) {
      const allowed = below.length > 0 ? `only ${below.join(', ')}` : 'nothing of ours';
      return says(
        `${own.name} may import ${allowed}. Move down what it needs, or have it passed in.`,
      );
    }
    if (name !== imported.name && own.name !== 'tools' && !(imported.name in DOORS)) {
      return says(`a package is entered by its index. Export it from lib/${name}/index.ts.`);
    }
  }
  if (isBuiltin(name) || own.declared.includes(name)) return undefined;
  if (imported.typeOnly && own.declared.includes(typesOf(name))) return undefined;
  return says(`lib/${own.name}/package.json does not declare it. Add it to the dependencies.`);
}

/** Files that import one another, and folders, at whatever depth: each arrow joins two siblings. */
function faultsOfCircles(lib: string, { sources }: Package): string[] {
  const arrows = new Map<string, Arrow & { readonly says: string }>();
  for (const [file, { imports }] of sources) {
    for (const { name } of imports) {
      const target = resolved(lib, file, name);
      if (!target || !sources.has(target)) continue;
      const [from, to] = siblings(runs(file), runs(target));
      arrows.set(`${from} ${to}`, { from, to, says: `lib/${file} imports ${name}` });
    }
  }
  return circles([...arrows.values()]).map(circle => {
    const said = circle.map(({ says }) => says).join(', ');
    const nodes = circle.map(({ from }) => `lib/${from}`).join(', ');
    return `${said}: a circle of ${nodes}. Move what they share to where all of them may import it.`;
  });
}

function faultsOfUnused({ name, declared, sources }: Package): string[] {
  const named = new Set<string>();
  for (const { imports, strings } of sources.values()) {
    for (const string of strings) named.add(packageOf(string));
    for (const { name, typeOnly } of imports) if (typeOnly) named.add(typesOf(packageOf(name)));
  }
  return declared
    .filter(dependency => !named.has(dependency))
    .map(
      unused => `lib/${name}/package.json declares ${unused}: nothing there imports it. Remove it.`,
    );
}

/** The path below `lib` of a file that is imported by its path. */
function resolved(lib: string, from: string, name: string): string | undefined {
  if (!name.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(from), name);
  const endings = ['', '.ts', '.tsx', '.mts', '.cjs', '.mjs', '.js', '.d.ts', '/index.ts'];
  const found = endings.find(ending => {
    const file = join(lib, path + ending);
    return existsSync(file) && /\.\w+$/.test(file);
  });
  return path + (found ?? '');
}

/** The file that runs where this one holds types for it. */
const runs = (file: string) => file.replace(/\.d\.([cm])ts$/, '.$1js');

/** Where two paths part: two files or folders of one folder. */
function siblings(from: string, to: string): [from: string, to: string] {
  const names = from.split('/');
  const others = to.split('/');
  const parting = names.findIndex((name, i) => name !== others[i]);
  const end = parting < 0 ? names.length : parting + 1;
  return [names.slice(0, end).join('/'), others.slice(0, end).join('/')];
}

const isBuiltin = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
const packageOf = (name: string) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
const typesOf = (name: string) => `@types/${name.replace(/^@(.+)\//, '$1__')}`;
