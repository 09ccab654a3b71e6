/** Shared parts of clones, and parts from npm: set-up fetches and compiles nothing twice. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { hash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readText, writeJson } from '../../../lib/command/machine/files';
import { temporaryFolder } from '../../folder';
import { registry } from '../../tfjs-graph/package/servers';
import { compute } from './addon';
import { Copy } from './copy';

const COMPILED = /native engine: (g\+\+|c\+\+|clang\+\+|ziglang) /;

describe('a clone of the lesson', () => {
  let first: Copy;
  let next: Copy;
  before(function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    // On separate disks, one clone has hard links to the libraries, and the other has copies.
    [first, next] = [Copy.make(), Copy.make()];
  });
  after(() => {
    for (const copy of [first, next]) copy?.remove();
  });

  /** Sets a clone up with the first clone's cache; checks whether TensorFlow is downloaded. */
  async function setUp(copy: Copy, says: RegExp, isFetched: boolean, env = {}) {
    const log = copy.path('build', 'setup', 'tensorflow.log');
    rmSync(log, { force: true });
    const output = await copy.succeeds('setup', [], { TFJS_GRAPH_CACHE: first.cache, ...env });
    match(output, says);
    equal(readText(log)?.includes('/177 MB') ?? false, isFetched);
    await copy.succeeds('doctor');
    equal(compute(copy.addon), 'tensorflow 3 6');
  }

  it('fetches TensorFlow’s libraries and the Python packages, and compiles the addon, for the next one as well', async () => {
    await setUp(first, COMPILED, true);
    ok(readFileSync(first.addon).includes('\0$ORIGIN\0'), 'the addon moves with its folder');
    await setUp(next, /native engine: from the cache/, false);
    const fetches = (copy: Copy) =>
      readText(copy.path('build', 'setup', 'packages.log'))?.includes('\nDownloading ');
    deepEqual([first, next].map(fetches), [true, false]);
  });

  it('takes the addon that npm has brought, if it is made of the clone’s own sources', async () => {
    const tarballs = temporaryFolder();
    const env = { npm_config_registry: (await registry(tarballs)).address };
    const [name, version] = ['tfjs-graph-linux-x64', '0.1.0'];
    const tarball = readFileSync(join(tarballs, `${name}-${version}.tgz`));
    const integrity = `sha512-${hash('sha512', tarball, 'base64')}`;
    const entry = { version, integrity, optional: true, os: ['linux'], cpu: ['x64'] };
    const change = (file: string, add: (manifest: Record<string, object>) => object) =>
      writeJson(next.path(file), add(JSON.parse(readFileSync(next.path(file), 'utf8'))));
    const withAddon = (manifest: object = {}) =>
      Object.assign(manifest, { optionalDependencies: { [name]: version } });
    change('package.json', withAddon);
    change('package-lock.json', ({ packages = {}, ...others }) => {
      const { '': root, ...installed } = packages as Record<string, object>;
      const all = { '': withAddon(root), ...installed, [`node_modules/${name}`]: entry };
      return { ...others, packages: all };
    });
    for (const path of [first.cache, next.path('node_modules/.package-lock.json')]) {
      rmSync(path, { recursive: true });
    }
    await setUp(next, /native engine: from the npm packages/, false, env);
    appendFileSync(next.path('lib', 'tfjs-graph', 'ops', 'op.h'), '\n');
    await setUp(next, COMPILED, false, env);
  });
});
