import { execFileSync, execSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/**
 * Builds the package as it is published, in a folder of its own, and packs it there. The source's
 * package.json points at TypeScript for the rest of this repository; npm cannot switch `main` when it
 * packs, so the published one is written anew.
 *
 * Usage: npm run pack -w tfjs-graph [-- FOLDER]   (FOLDER gets the tarball; default: dist/)
 */
const source = resolve(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const compiler = typescript();
const destination = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? join(source, 'dist'));
if (!compiler) {
  console.error('Packing needs the packages for development, which npm install adds.');
  process.exit(1);
}
mkdirSync(destination, { recursive: true });
const out = join(destination, 'package');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const build = (entry: string, outfile: string, options: BuildOptions) =>
  buildSync({
    entryPoints: [join(source, entry)],
    outfile: join(out, outfile),
    bundle: true,
    packages: 'external',
    // Errors are told apart by their names, too.
    keepNames: true,
    tsconfigRaw: {},
    logLevel: 'warning',
    ...options,
  });
build('index.ts', 'index.js', { platform: 'node', format: 'cjs', target: 'node20' });
build('addon/cli.ts', 'addon/cli.js', {
  ...{ platform: 'node', format: 'cjs', target: 'node20' },
  banner: { js: '#!/usr/bin/env node' },
});
build('index.ts', 'browser.mjs', { platform: 'browser', format: 'esm', target: 'es2022' });
build('index.ts', 'browser.cjs', { platform: 'browser', format: 'cjs', target: 'es2022' });

// One copy of the code serves both kinds of import, so that `instanceof` holds for every error, and
// what is kept of tensors and backends is the same.
const facade = `export * from './index.js';\n`;
writeFileSync(join(out, 'index.mjs'), facade);
writeFileSync(join(out, 'index.d.mts'), facade);

execFileSync(
  process.execPath,
  [
    compiler,
    ...['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--stripInternal', '--strict'],
    // TypeScript 7 has types for WebGPU of its own, beside which those of tfjs-core do not stand.
    '--skipLibCheck',
    ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'],
    ...['--types', 'node', '--rootDir', source, '--outDir', out, join(source, 'index.ts')],
  ],
  { cwd: source, stdio: 'inherit' },
);
removeUnneededTypes();

const esm = { types: './index.d.mts', default: './index.mjs' };
const cjs = { types: './index.d.ts', default: './index.js' };
const { name, version, description, keywords, license, engines } = manifest;
const { tsx: _, ...dependencies } = manifest.dependencies;
const published = {
  ...{ name, version, description, keywords, license, engines },
  main: './index.js',
  types: './index.d.ts',
  exports: {
    '.': {
      browser: {
        import: { ...esm, default: './browser.mjs' },
        require: { ...cjs, default: './browser.cjs' },
      },
      import: esm,
      require: cjs,
    },
    './package.json': './package.json',
  },
  bin: { 'tfjs-graph': './addon/cli.js' },
  // It mends `node:util` for TensorFlow.js.
  sideEffects: ['./index.js', './index.mjs'],
  dependencies,
  peerDependencies: manifest.peerDependencies,
  peerDependenciesMeta: manifest.peerDependenciesMeta,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
for (const name of ['README.md', 'LICENSE', 'ops']) {
  cpSync(join(source, name), join(out, name), { recursive: true });
}

// Where the tarball is to lie, and without a path among the arguments: on Windows npm is a batch file,
// whose shell would break one at its spaces.
execSync('npm pack ./package', { cwd: destination, stdio: 'inherit' });

/** Of all declarations, those stay that the types of the index are made of. */
function removeUnneededTypes(): void {
  const needed = new Set<string>();
  const need = (file: string) => {
    if (needed.has(file)) return;
    needed.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)) {
      need(`${join(dirname(file), name)}.d.ts`);
    }
  };
  need(join(out, 'index.d.ts'));
  const all = readdirSync(out, { recursive: true, encoding: 'utf8' });
  for (const file of all.filter(name => name.endsWith('.d.ts')).map(name => join(out, name))) {
    if (!needed.has(file)) rmSync(file);
  }
}

/** Returns TypeScript's compiler; `undefined` where what only development needs is not installed. */
function typescript(): string | undefined {
  try {
    return join(require.resolve('typescript/package.json'), '../bin/tsc');
  } catch {
    return undefined;
  }
}
