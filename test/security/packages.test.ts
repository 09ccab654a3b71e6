/**
 * npm's packages, the classroom's proxy's too, and Python's: each by its checksum, none with a script that
 * runs. What is known of holes in them, `audit.slow.ts` asks the registry.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { allRequirements, onlyFor } from '../../lib/tools/setup/packages/environment-yml';
import { lockedRequirement, pythonLock } from '../../lib/tools/setup/packages/python-lock';

interface Entry {
  readonly name?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const entriesOf = (lock: string) => Object.entries<Entry>(JSON.parse(read(lock)).packages);
const isFetched = ([path, { link }]: [string, Entry]) => path.includes('node_modules/') && !link;
const ownPackages = entriesOf('package-lock.json');
const proxyPackages = entriesOf('lib/tools/classroom/proxy/package-lock.json');
const fetched = [...ownPackages, ...proxyPackages].filter(isFetched);
const { overrides = {} } = JSON.parse(read('package.json')) as {
  overrides?: Record<string, Record<string, string>>;
};

/** The stand-in for what is left out. */
const EMPTY = 'empty-npm-package';

/**
 * Packages that have a script for their installation. None runs: `ignore-scripts` is set, and each
 * does without.
 */
const HAVE_SCRIPTS = {
  '@tensorflow/tfjs-node-gpu': 'downloads an old TensorFlow; set-up compiles the addon instead',
  esbuild: 'makes its command start faster',
  zeromq: 'compiles what it also brings ready-made',
};

/**
 * What packages of ours ask for and nothing here runs, each put out of the way by an override, below
 * the package that asks for it alone: installers, bundlers, command lines. One has known holes.
 */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@puppeteer/browsers': { yargs: 'its command line' },
  '@tensorflow/tfjs': {
    '@tensorflow/tfjs-backend-webgl':
      'the graphics of a browser; the lesson takes WebAssembly there',
    argparse: 'the command line that makes custom bundles',
    chalk: 'the same',
    'core-js': 'for browsers without ES2015; @tensorflow/tfjs has it within its bundle for those',
    'regenerator-runtime': 'as core-js',
    yargs: 'the command line that makes custom bundles',
  },
  '@tensorflow/tfjs-data': { '@types/node-fetch': 'types that no declaration file reads' },
  '@tensorflow/tfjs-node-gpu': {
    'adm-zip': 'the installer',
    'https-proxy-agent': 'the installer',
    rimraf: 'the installer',
    tar: 'the installer; 6.2.1 writes outside its folder (CVE-2026-23745, CVE-2026-24842)',
  },
  // Named one by one: npm 10 does not hold the lock file to be in step with what stands above both.
  'pac-proxy-agent': { 'https-proxy-agent': 'downloads of browsers' },
  'proxy-agent': { 'https-proxy-agent': 'the same' },
  tslab: {
    '@rollup/plugin-commonjs': 'it once bundled by it',
    '@rollup/plugin-node-resolve': 'it once bundled by it',
    '@rollup/plugin-replace': 'it once bundled by it',
    rollup: 'it once bundled by it',
  },
};

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13);

const isEmpty = ([, { name }]: [string, Entry]) => name === EMPTY;

describe('npm’s packages', () => {
  it('each have a checksum in the lock file, and no address but the registry’s', () => {
    assert.ok(ownPackages.filter(isFetched).length > 100);
    assert.ok(proxyPackages.filter(isFetched).length > 30);
    for (const [path, { integrity, resolved }] of fetched) {
      assert.match(integrity ?? '', /^sha512-[\w+/]{86}==$/, path);
      assert.equal(resolved, undefined, path);
    }
    const links = ownPackages.filter(([, { link }]) => link).map(([, { resolved }]) => resolved);
    for (const folder of links) assert.match(folder ?? '', /^lib(\/|$)/);
  });

  it('run no script when they are installed', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    const named = fetched.filter(([, { hasInstallScript }]) => hasInstallScript);
    // fsevents, of macOS, comes with its program as well.
    const names = new Set(named.map(([path]) => nameOf(path)).filter(name => name !== 'fsevents'));
    assert.deepEqual([...names].sort(), Object.keys(HAVE_SCRIPTS).sort());
  });

  it('leave out what nothing here runs', () => {
    const named = Object.entries(overrides).map(([parent, left]) => [parent, Object.keys(left)]);
    const expected = Object.entries(LEFT_OUT).map(([parent, left]) => [parent, Object.keys(left)]);
    assert.deepEqual(named, expected);
    for (const [name, instead] of Object.values(overrides).flatMap(Object.entries)) {
      assert.equal(instead, `npm:${EMPTY}@1.0.0`, name);
    }
    const empty = ownPackages.filter(isEmpty);
    const names = new Set(Object.values(LEFT_OUT).flatMap(Object.keys));
    assert.deepEqual(new Set(empty.map(([path]) => nameOf(path))), names);
  });
});

describe('Python’s packages', () => {
  it('stand in the lock file, all of environment.yml’s, each with checksums', () => {
    const lock = readFileSync(pythonLock, 'utf8').replaceAll('\\\n', '').trim().split('\n');
    for (const line of lock) {
      assert.match(line, /^[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}/);
    }
    const versions = new Set(lock.map(line => line.split(' ')[0]?.toLowerCase()));
    for (const { spec, extras } of allRequirements()) {
      if (extras.length === 1 && extras[0] === 'bench') continue;
      assert.ok(versions.has(spec.toLowerCase()), spec);
    }
    assert.ok(lock.some(line => line.startsWith('nvidia-cudnn')));
    // uv itself is fetched by that, with any pip.
    assert.match(
      lockedRequirement(onlyFor('uv').spec),
      /^uv==[\d.]+( \\\n +--hash=sha256:[0-9a-f]{64})+\n$/,
    );
  });
});
