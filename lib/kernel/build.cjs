/**
 * Makes JavaScript and declarations of what notebooks import and of the kernel, in the folders `dist`
 * of their packages: as a program at once, by `refresh` if a source is newer.
 *
 * It is JavaScript since it runs before anything that reads TypeScript.
 */
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { setImmediate } = require('node:timers/promises');

const lib = dirname(__dirname);
const stamp = join(__dirname, 'dist', 'built');
const KEPT = 'lesson-code.json';
const libraries = ['mnist-data-loader', 'tfjs-graph', 'digits'];
const isBelow = ([name]) => /^(mnist|tfjs)-/.test(name);
const packages = [...libraries, 'kernel'];

// Each file in a `dist` from its source, by which of esbuild's options; modules that pass on; TypeScript's options.
const { options, files, modules, typescript } = require('./build.json');

/** Lists the sources of the packages, and their folders, whose times change where a file goes. */
function* sources(folder) {
  yield folder;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (/\.([cm]?ts|c?js|css|html|json)$/.test(entry.name)) yield path;
    else if (entry.isDirectory() && !/^(dist|node_modules)$/.test(entry.name)) yield* sources(path);
  }
}

const timeOf = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Tells whether a source has changed since the last build; what cannot be written to is used as it is. */
function isStale() {
  try {
    fs.accessSync(__dirname, fs.constants.W_OK);
  } catch {
    return false;
  }
  const built = timeOf(stamp);
  return packages.some(name => [...sources(join(lib, name))].some(file => timeOf(file) > built));
}

/** Builds in a process of its own if a source has changed. Returns whether it has. */
function refresh() {
  if (!isStale()) return false;
  try {
    execFileSync(process.execPath, [__filename], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error.stderr);
  }
  return true;
}

/** @param {string} [cache] a folder that keeps what is built, for the next clone with the same sources */
async function build(cache) {
  // First, since a new folder changes the time of the one around it.
  for (const name of packages) fs.mkdirSync(join(lib, name, 'dist'), { recursive: true });
  const started = new Date(Date.now() + 1);
  const of = cache && digest();
  if (!cache || !take(cache, of)) {
    const made = await make();
    try {
      if (cache && digest() === of) replace(join(cache, KEPT), JSON.stringify({ of, made }));
    } catch {} // there is no room for it, or no right to
  }
  replace(stamp, '');
  // What changed while it was built is newer.
  fs.utimesSync(stamp, started, started);
}

/** Takes what another clone has built of the same. Returns whether there is any. */
function take(cache, of) {
  try {
    const kept = JSON.parse(fs.readFileSync(join(cache, KEPT), 'utf8'));
    if (kept.of === of) return write(kept.made);
  } catch {} // none is there, or none that can be read
}

/** Returns the digest of all that is built from. */
function digest() {
  const hash = createHash('sha256').update(fs.readFileSync(join(lib, '..', 'package-lock.json')));
  for (const path of packages.flatMap(name => [...sources(join(lib, name))]).sort()) {
    hash.update(relative(lib, path));
    if (fs.statSync(path).isFile()) hash.update(fs.readFileSync(path));
  }
  return hash.digest('hex');
}

/** Builds all. Returns what was written. */
async function make() {
  // The others bundle what these have written; esbuild does in a process of its own, while this one declares.
  const below = await bundle(files.filter(isBelow));
  const others = await Promise.all([
    bundle(files.filter(each => !isBelow(each))),
    setImmediate().then(() => write(declarations())),
  ]);
  return [below, ...others].flat();
}

/** Writes texts to files by their paths in `lib`. Returns them. */
function write(made) {
  for (const [path, text] of made) replace(join(lib, path), text);
  return made;
}

/** Replaces a file in one move, so that who reads it meanwhile has the one or the other. */
function replace(path, text) {
  fs.mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  fs.writeFileSync(half, text);
  fs.renameSync(half, path);
}

/** Bundles files, side by side. */
async function bundle(files) {
  const { build } = require('esbuild');
  const built = await Promise.all(
    files.map(([name, file, source, kind, more]) =>
      build({
        entryPoints: [join(lib, name, source)],
        outfile: join(lib, name, 'dist', file),
        bundle: true,
        write: false,
        // Errors are told apart by their names, and metrics are named after functions.
        keepNames: true,
        tsconfigRaw: {},
        logLevel: 'silent',
        ...options[kind],
        ...more,
      }),
    ),
  );
  const outputs = built.flatMap(({ outputFiles }) => outputFiles);
  return write(outputs.map(({ path, text }) => [relative(lib, path), text]));
}

/** Declares what the libraries export, without checking it. */
function declarations() {
  const ts = require('typescript-api');
  const indexes = libraries.map(name => join(lib, name, 'index.ts'));
  const { options } = ts.convertCompilerOptionsFromJson(typescript, lib);
  options.paths = Object.fromEntries(libraries.map((name, at) => [name, [indexes[at]]]));
  const written = [];
  ts.createProgram(indexes, options).emit(undefined, (path, text) => {
    const [name, ...inner] = relative(lib, path).split(/[\\/]/);
    written.push([join(name, 'dist', ...inner), text]);
  });
  // One copy of the code serves both kinds of import, so that `instanceof` holds for every error.
  return [...written, ...Object.entries(modules)];
}

module.exports = { isStale, refresh, replace, timeOf };
if (require.main === module) {
  build(process.argv[2]).catch(({ message }) => {
    console.error(message);
    process.exitCode = 1;
  });
}
