/**
 * npm's packages, the classroom's proxy's too, and Python's: each with a checksum, and without a script that
 * runs. `audit.slow.ts` requests known vulnerabilities from the registry.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  allRequirements,
  lockedRequirement,
  packageOf,
  pythonLock,
} from '../../lib/lab/setup/packages/requirements';
import { readText } from '../texts';

interface Entry {
  readonly name?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const entriesOf = (lock: string) => Object.entries<Entry>(JSON.parse(readText(lock)).packages);
const isFetched = ([path, { link }]: [string, Entry]) => path.includes('node_modules/') && !link;
const ownPackages = entriesOf('package-lock.json');
const proxyPackages = entriesOf('lib/class/classroom/proxy/package-lock.json');
const fetched = [...ownPackages, ...proxyPackages].filter(isFetched);
const { overrides = {} } = JSON.parse(readText('package.json')) as {
  overrides?: Record<string, Record<string, string>>;
};

/** The placeholder for omitted packages. */
const EMPTY = 'empty-npm-package';

/**
 * Packages with an installation script. No script runs: `ignore-scripts` is set, and each
 * does without.
 */
const HAVE_SCRIPTS = {
  '@tensorflow/tfjs-node-gpu': 'downloads an old TensorFlow; set-up compiles the addon instead',
  esbuild: 'makes its command start faster',
  zeromq: 'compiles what it also brings ready-made',
};

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13);

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
    assert.match(readText('.npmrc'), /^ignore-scripts=true$/m);
    const installers = fetched.filter(([, { hasInstallScript }]) => hasInstallScript);
    // fsevents, for macOS, also contains a binary.
    const names = new Set(
      installers.map(([path]) => nameOf(path)).filter(name => name !== 'fsevents'),
    );
    assert.deepEqual([...names].sort(), Object.keys(HAVE_SCRIPTS).sort());
  });

  it('leave out what nothing here runs, such as a tar that writes outside of its folder', () => {
    const all: [string, string][] = Object.values(overrides).flatMap(Object.entries);
    // The project's version, if a package does not support that version yet.
    const leftOut = all.filter(([, instead]) => !instead.startsWith('$'));
    for (const [name, instead] of leftOut) assert.equal(instead, `npm:${EMPTY}@1.0.0`, name);
    const names = new Set(leftOut.map(([name]) => name));
    assert.ok(names.has('tar')); // 6.2.1, of CVE-2026-23745 and CVE-2026-24842
    const empty = ownPackages.filter(([, { name }]) => name === EMPTY);
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
    // pip of any version downloads uv with this line.
    assert.match(
      lockedRequirement(packageOf('uv').spec),
      /^uv==[\d.]+( \\\n +--hash=sha256:[0-9a-f]{64})+\n$/,
    );
  });
});
