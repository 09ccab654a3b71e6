/**
 * Builds JavaScript and declarations of the kernel and the libraries in `dist` folders: directly as a program,
 * or by `refresh` if a source has changed. Written in JavaScript to run before any TypeScript loader.
 */
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { setImmediate } = require('node:timers/promises');

const lib = dirname(__dirname);
const stamp = join(__dirname, 'dist', 'built');
const CACHE_FILE = 'lesson-code.json';
const libraries = ['mnist-data-loader', 'tfjs-graph', 'digits'];
const isBaseLibrary = ([name]) => /^(mnist|tfjs)-/.test(name);
const packages = [...libraries, 'kernel'];

// Sources and esbuild options of bundles, re-export modules, and TypeScript's options.
const { options, files, modules, typescript } = require('./build.json');

/** Lists source files and folders. A folder's modification time changes when a file is moved. */
function* sources(folder) {
  yield folder;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (/\.([cm]?ts|c?js|css|html|json)$/.test(entry.name)) yield path;
    else if (entry.isDirectory() && !/^(dist|node_modules)$/.test(entry.name)) yield* sources(path);
  }
}

const timeOf = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Returns the sources of all packages, with their modification times. */
const allSources = () =>
  packages
    .flatMap(name => [...sources(join(lib, name))])
    .sort()
    .map(path => ({ path, time: timeOf(path) }));

/** Hashes the names and times of sources. Container images keep only the seconds. */
function digestOf(list) {
  const hash = createHash('sha256');
  for (const { path, time } of list)
    hash.update(`${relative(lib, path)} ${Math.trunc(time / 1000)}\n`);
  return hash.digest('hex');
}

/**
 * Returns whether a source has changed since the last build. A read-only installation is never stale. The sources'
 * times must be the same as at the build; that they are earlier proves nothing, because the clock may have been wrong.
 */
function isStale() {
  try {
    fs.accessSync(__dirname, fs.constants.W_OK);
  } catch {
    return false;
  }
  const list = allSources();
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== digestOf(list)) return true;
  // A source may change twice in a second.
  const [buildTime, now] = [timeOf(stamp), Date.now()];
  return list.some(({ time }) => time > buildTime && time <= now);
}

/** Builds in a subprocess if a source has changed. Returns whether a build happened. */
function refresh() {
  if (!isStale()) return false;
  try {
    execFileSync(process.execPath, [__filename], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(error.stderr);
  }
  return true;
}

/** @param {string} [cache] a folder with build results, shared by clones with the same sources */
async function build(cache) {
  // Create the folders first, because a new folder changes the parent's modification time.
  for (const name of packages) fs.mkdirSync(join(lib, name, 'dist'), { recursive: true });
  const started = new Date(Date.now() + 1);
  const digest = digestOf(allSources());
  const sourceHash = cache && hashSources();
  if (!cache || !restore(cache, sourceHash)) {
    const outputs = await buildAll();
    try {
      if (cache && hashSources() === sourceHash)
        replace(join(cache, CACHE_FILE), JSON.stringify({ of: sourceHash, made: outputs }));
    } catch {} // no space or no permission
  }
  replace(stamp, digest);
  // Use the start time, so that sources changed during the build count as stale.
  fs.utimesSync(stamp, started, started);
}

/** Restores the build result of another clone with the same sources. Returns whether a result exists. */
function restore(cache, sourceHash) {
  try {
    const entry = JSON.parse(fs.readFileSync(join(cache, CACHE_FILE), 'utf8'));
    if (entry.of === sourceHash) return write(entry.made);
  } catch {} // missing or invalid
}

function hashSources() {
  const hash = createHash('sha256').update(fs.readFileSync(join(lib, '..', 'package-lock.json')));
  for (const { path } of allSources()) {
    hash.update(relative(lib, path));
    if (fs.statSync(path).isFile()) hash.update(fs.readFileSync(path));
  }
  return hash.digest('hex');
}

/** Builds everything. Returns the written files. */
async function buildAll() {
  // The other bundles include these outputs. esbuild runs in a subprocess, in parallel with the declarations.
  const baseFiles = await bundle(files.filter(isBaseLibrary));
  const dependentFiles = await Promise.all([
    bundle(files.filter(file => !isBaseLibrary(file))),
    setImmediate().then(() => write(declarations())),
  ]);
  return [baseFiles, ...dependentFiles].flat();
}

/** Writes files by their paths in `lib`. Returns the files. */
function write(outputs) {
  for (const [path, text] of outputs) replace(join(lib, path), text);
  return outputs;
}

/** Replaces a file atomically, so that readers see either the old or the new content. */
function replace(path, text) {
  fs.mkdirSync(dirname(path), { recursive: true });
  const temporaryPath = `${path}.${process.pid}`;
  fs.writeFileSync(temporaryPath, text);
  fs.renameSync(temporaryPath, path);
}

async function bundle(files) {
  const { build } = require('esbuild');
  const results = await Promise.all(
    files.map(([name, file, source, kind, more]) =>
      build({
        entryPoints: [join(lib, name, source)],
        outfile: join(lib, name, 'dist', file),
        bundle: true,
        write: false,
        // The code distinguishes errors by class name, and TensorFlow.js names metrics by function name.
        keepNames: true,
        tsconfigRaw: {},
        logLevel: 'silent',
        ...options[kind],
        ...more,
      }),
    ),
  );
  const outputs = results.flatMap(({ outputFiles }) => outputFiles);
  return write(outputs.map(({ path, text }) => [relative(lib, path), text]));
}

/** Emits declarations of the libraries without type checks. */
function declarations() {
  const ts = require('typescript-api');
  const indexes = libraries.map(name => join(lib, name, 'index.ts'));
  const { options } = ts.convertCompilerOptionsFromJson(typescript, lib);
  options.paths = Object.fromEntries(libraries.map((name, index) => [name, [indexes[index]]]));
  const declarationFiles = [];
  ts.createProgram(indexes, options).emit(undefined, (path, text) => {
    const [name, ...inner] = relative(lib, path).split(/[\\/]/);
    declarationFiles.push([join(name, 'dist', ...inner), text]);
  });
  // ES modules re-export the CommonJS bundle, so that `instanceof` works across both kinds of import.
  return [...declarationFiles, ...Object.entries(modules)];
}

module.exports = { isStale, refresh, replace, timeOf };
if (require.main === module) {
  build(process.argv[2]).catch(({ message }) => {
    console.error(message);
    process.exitCode = 1;
  });
}
