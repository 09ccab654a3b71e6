/**
 * The rules of the imports: which package may import which, that nothing leads in a circle, that a
 * package's rooms keep the order of its README, and that each package declares what it imports.
 *
 * `dependency-cruiser` would need a TypeScript before 7, and a page of settings for these rules. The
 * TypeScript of tslab lists a file's imports, types included, without parsing it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { preProcessFile } from '@tslab/typescript-for-tslab';
import { filesBelow } from './project/files';

/** Lists our own packages that each package may import. */
const BELOW: Record<string, readonly string[]> = {
  'mnist-data-loader': [],
  'tfjs-graph': [],
  digits: ['mnist-data-loader', 'tfjs-graph'],
  kernel: ['mnist-data-loader', 'tfjs-graph', 'digits'],
  tools: ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel'],
};

/** Entry points beside a package's index, and the reason for each. `tools` may import any file. */
const DOORS: Record<string, string> = {
  'digits/language': 'the kernel speaks before TensorFlow.js is loaded',
  'digits/notebook/interrupt': 'the kernel starts before TensorFlow.js is loaded',
};

const SOURCE = /\.[cm]?[jt]sx?$/;
const MADE = /(^|\/)(node_modules|dist)\//;

/** An import in a file of a package, by their paths below `lib`. */
interface Import {
  readonly from: string;
  /** As it is written. */
  readonly name: string;
  /** The file of the same package that it leads to, if any. */
  readonly to: string | undefined;
  readonly says: string;
}

type Arrow = Import & { readonly to: string };

/** Finds what breaks the rules in the packages of `lib`, a line for each. */
export function importFaults(lib: string): string[] {
  return readdirSync(lib).flatMap(own => {
    if (!(own in BELOW)) return `lib/${own}: no package of which it is known what it may import.`;
    const folder = join(lib, own);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
    const declared = kinds.flatMap(kind => Object.keys(manifest[kind] ?? {}));
    const sources = filesBelow(folder).filter(file => SOURCE.test(file) && !MADE.test(file));
    const read = (file: string) => [`${own}/${file}`, readFileSync(join(folder, file), 'utf8')];
    const files = new Map(sources.map(file => read(file) as [path: string, text: string]));
    const imports = Array.from(files, ([from, text]) => importsIn(from, text, files)).flat();
    const arrows = imports.filter((each): each is Arrow => each.to !== undefined);
    const ofPackages = imports.flatMap(each => {
      const fault = faultOf(own, declared, each);
      return fault ? `${each.says}: ${fault}` : [];
    });
    return [
      ...new Set(ofPackages),
      ...faultsOfRooms(lib, own, arrows),
      ...faultsOfCircles(arrows),
      ...faultsOfUnused(
        own,
        declared,
        [JSON.stringify(manifest.browser), ...files.values()].join('\n'),
      ),
    ];
  });
}

const ENDINGS = ['', '.ts', '.mts', '.cjs', '.mjs', '.js', '.d.ts', '/index.ts'];

/** Lists the modules that a file names. A name that is computed is not seen. */
function importsIn(from: string, text: string, files: ReadonlyMap<string, string>): Import[] {
  const { importedFiles, referencedFiles, typeReferenceDirectives, ambientExternalModules } =
    preProcessFile(text, true, true);
  const names = [
    ...importedFiles.map(({ fileName }) => fileName),
    ...referencedFiles.map(({ fileName }) => fileName.replace(/^(?!\.)/, './')),
    ...typeReferenceDirectives.map(({ fileName }) => fileName),
    // Of files by their endings, such as *.css, it declares the type alone.
    ...(ambientExternalModules ?? []).filter(name => !name.startsWith('*')),
    ...Array.from(text.matchAll(/require(?:\.resolve)?\('([^']+)'\)/g), ([, name = '']) => name),
  ];
  return names.map(name => {
    const path = name.startsWith('.') ? posix.join(posix.dirname(from), name) : undefined;
    const to = ENDINGS.map(ending => path + ending).find(each => files.has(each) && each !== from);
    return { from, name, to, says: `lib/${from} imports ${name}` };
  });
}

function faultOf(own: string, declared: readonly string[], found: Import): string | undefined {
  const { from: file, name: imported } = found;
  if (imported.startsWith('.')) {
    const isOwn = posix.join(posix.dirname(file), imported).startsWith(`${own}/`);
    return isOwn ? undefined : 'a file outside of the package. Import a package by its name.';
  }
  const name = packageOf(imported);
  if (name === own) {
    // What is built stands elsewhere than its source, and finds what is not by the package's name.
    const isBuilt = !/\.(json|cjs)$/.test(imported);
    return isBuilt ? 'its own package. Import the file by its path.' : undefined;
  }
  if (name in BELOW) {
    const below = BELOW[own] ?? [];
    if (!below.includes(name)) {
      const allowed = below.length > 0 ? `only ${below.join(', ')}` : 'nothing of ours';
      return `${own} may import ${allowed}. Move down what it needs, or have it passed in.`;
    }
    if (name !== imported && own !== 'tools' && !(imported in DOORS)) {
      return `a package is entered by its index. Export it from lib/${name}/index.ts.`;
    }
  }
  const isDeclared = declared.some(each => each === name || importedAs(each) === name);
  if (isBuiltin(imported) || isDeclared) return undefined;
  return `lib/${own}/package.json does not declare it. Add it to the dependencies.`;
}

/** Finds imports that lead up the table of `digits`' README, whose first cells name files and folders. */
function faultsOfRooms(lib: string, name: string, arrows: readonly Arrow[]): string[] {
  if (name !== 'digits') return [];
  const readme = readFileSync(join(lib, name, 'README.md'), 'utf8');
  const rows = new Map<string, number>();
  for (const [row, [, cell = '']] of [...readme.matchAll(/^\| (`.*?) \|/gm)].entries()) {
    for (const [, room = ''] of cell.matchAll(/`([^`]+)`/g)) {
      rows.set(`${name}/${room.replace(/\/$/, '')}`, row);
    }
  }
  const rowOf = (file: string) =>
    rows.get(file) ?? rows.get(file.split('/').slice(0, 2).join('/')) ?? Number.NaN;
  return arrows
    .filter(({ from, to }) => rowOf(to) < rowOf(from))
    .map(({ says }) => `${says}: lib/${name}/README.md lists that above. Move one of them.`);
}

/** Finds circles of files and of folders at any depth: each step leads from one to a sibling. */
function faultsOfCircles(arrows: readonly Arrow[]): string[] {
  const leaving = new Map<string, Map<string, string>>();
  for (const { from: file, to: target, says } of arrows) {
    const [from, to] = siblings(file, target);
    const known = leaving.get(from) ?? new Map();
    leaving.set(from, known.set(to, known.get(to) ?? says));
  }
  const faults: string[] = [];
  const done = new Set<string>();
  const follow = (node: string, way: readonly Omit<Arrow, 'name'>[]) => {
    if (done.has(node)) return;
    const begin = way.findIndex(({ from }) => from === node);
    if (begin >= 0) {
      const said = way.slice(begin).map(({ says }) => says);
      const places = way.slice(begin).map(({ from }) => `lib/${from}`);
      const cure = 'Move what they share to where all of them may import it.';
      faults.push(`${said.join(', ')}: a circle of ${places.join(', ')}. ${cure}`);
      return;
    }
    for (const [to, says] of leaving.get(node) ?? [])
      follow(to, [...way, { from: node, to, says }]);
    done.add(node);
  };
  for (const node of leaving.keys()) follow(node, []);
  return faults;
}

/** Finds dependencies that no file names, nor the field `browser`. A constant may hold a name, so any string counts. */
function faultsOfUnused(name: string, declared: readonly string[], text: string): string[] {
  return declared
    .filter(dependency => !new RegExp(`['"]${importedAs(dependency)}['"/]`).test(text))
    .map(
      unused => `lib/${name}/package.json declares ${unused}: nothing there imports it. Remove it.`,
    );
}

/** Returns where two paths part: two files or folders of one folder. */
function siblings(from: string, to: string): [from: string, to: string] {
  const [names, others] = [from.split('/'), to.split('/')];
  const end = 1 + names.findIndex((name, i) => name !== others[i]);
  return [names.slice(0, end).join('/'), others.slice(0, end).join('/')];
}

const packageOf = (name: string) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;

/** Returns the package that a dependency is imported as, such as `@a/b` for `@types/a__b`. */
const importedAs = (dependency: string) =>
  dependency.replace(/^@types\/(?:(.+)__)?/, (_, scope) => (scope ? `@${scope}/` : ''));
