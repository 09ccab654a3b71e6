/** The rules of the imports, in biome.json: biome finds violations, and the rules match the README's table. */
import { deepEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageFolder } from '../lib/command/machine/paths';
import { put, temporaryFolder } from './folder';
import { readData, readText } from './texts';

/** The packages that each package may import, and must declare. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  'mnist-data-loader': [],
  'tfjs-graph': [],
  digits: ['mnist-data-loader', 'tfjs-graph'],
  kernel: ['mnist-data-loader', 'tfjs-graph', 'digits'],
  command: ['digits', 'kernel'],
  lab: ['tfjs-graph', 'digits', 'kernel', 'command'],
  publish: ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel', 'command', 'lab'],
  class: ['digits', 'kernel', 'command', 'lab', 'publish'],
  bench: ['mnist-data-loader', 'tfjs-graph', 'digits', 'kernel', 'command', 'lab', 'publish'],
};

describe('the rules of the imports', () => {
  it('let a package declare only what stands below it', () => {
    for (const [name, below] of Object.entries(BELOW)) {
      const manifest = JSON.parse(readText(`lib/${name}/package.json`));
      const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
      const declared = kinds.flatMap(kind => Object.keys(manifest[kind] ?? {}));
      const above = Object.keys(BELOW).filter(name => !below.includes(name));
      deepEqual(
        declared.filter(dependency => above.includes(dependency)),
        [],
        name,
      );
    }
  });

  it('name for each row of digits’ README what stands above it', () => {
    const rows = Array.from(
      readText('lib/digits/README.md').matchAll(/^\| (`.*?) \|/gm),
      ([, cell = '']) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, room = '']) => room),
    );
    const { overrides } = JSON.parse(readText('biome.json'));
    for (const [at, row] of rows.entries()) {
      if (at === 0) continue;
      const folders = row.map(room => `lib/digits/${room.replace(/\/$/, '/**')}`);
      const rule = overrides.find(({ includes }: { includes: string[] }) =>
        includes.includes(folders[0] ?? ''),
      );
      deepEqual(rule?.includes, folders);
      const [{ group }] = rule.linter.rules.style.noRestrictedImports.options.patterns;
      const packages = group.flatMap((glob: string) =>
        glob.replace(/^.*?\/(?=\w|\{)/, '').match(/[\w-]+/g),
      );
      const above = rows
        .slice(0, at)
        .flat()
        .map(room => room.replace(/\/$|\.ts$/, ''));
      deepEqual(packages.sort(), above.sort(), folders.join());
    }
  });

  const cases =
    readData<Record<string, { files: Record<string, string>; rules: string[] }>>(
      'import-rules.yml',
    );
  for (const [what, { files, rules }] of Object.entries(cases)) {
    it(what, () => {
      const folder = temporaryFolder();
      const exceptions = [
        'biome.json',
        ...Object.keys(BELOW).map(name => `lib/${name}/package.json`),
      ];
      put(folder, [
        ...exceptions.map((path): [string, string] => [path, readText(path)]),
        ...Object.entries(files).map(([path, text]): [string, string] => [
          `lib/${path}`,
          `${text}\n`,
        ]),
      ]);
      const biome = join(packageFolder('@biomejs/biome'), 'bin', 'biome');
      const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', 'lib'], {
        cwd: folder,
        encoding: 'utf8',
      });
      const { diagnostics } = JSON.parse(stdout) as {
        diagnostics: { category: string; location: { path: string } }[];
      };
      const messages = diagnostics.map(
        ({ category, location }) =>
          `${location.path.replace(/^lib\//, '')} ${category.split('/').at(-1)}`,
      );
      deepEqual([...new Set(messages)].sort(), rules);
    });
  }
});
