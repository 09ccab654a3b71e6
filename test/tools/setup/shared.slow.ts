/** What set-up shares with other clones, and what npm may bring: nothing is fetched or compiled twice. */
import { equal, match } from 'node:assert/strict';
import { hash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../../../lib/tools/project/files';
import { temporaryFolder } from '../../folder';
import { registry } from '../../tfjs-graph/package/servers';
import { compute } from './addon';
import { Copy } from './copy';

const COMPILED = /native engine: (g\+\+|c\+\+|clang\+\+|ziglang) /;

describe('a clone of the lesson', () => {
  // On disks of their own if it can be: the one has the libraries by links, and the other by copies.
  const copies: Copy[] = [];
  before(function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    copies.push(Copy.make(), Copy.make());
  });
  after(() => {
    for (const copy of copies) copy.remove();
  });

  /** Sets a clone up with the first one's cache. Returns what it printed, and whether TensorFlow was asked for. */
  async function setUp(at: number, env: Record<string, string> = {}) {
    const copy = copies[at] as Copy;
    const log = copy.path('build', 'setup', 'tensorflow.log');
    rmSync(log, { force: true });
    const shared = { TFJS_GRAPH_CACHE: copies[0]?.cache ?? '' };
    const output = await copy.succeeds('setup', [], { ...shared, ...env });
    await copy.succeeds('doctor');
    equal(compute(copy.addon), 'tensorflow 3 6');
    const isAsked = existsSync(log) && readFileSync(log, 'utf8').includes('/177 MB');
    return { copy, output, isAsked, cache: shared.TFJS_GRAPH_CACHE };
  }

  it('fetches TensorFlow’s libraries, and compiles the addon, for the next one as well', async () => {
    const first = await setUp(0);
    match(first.output, COMPILED);
    equal(first.isAsked, true);
    const next = await setUp(1);
    match(next.output, /native engine: from the cache/);
    equal(next.isAsked, false);
  });

  it('fetches a library anew that is cut off in the cache', async () => {
    const { copy, cache } = await setUp(1);
    const [folder = ''] = readdirSync(cache).filter(name => name.startsWith('tensorflow_cpu'));
    truncateSync(join(cache, folder, 'tensorflow', 'libtensorflow_cc.so.2'), 1_000_000);
    rmSync(copy.path('build', 'tensorflow'), { recursive: true });
    equal((await setUp(1)).isAsked, true);
  });

  it('takes the addon that npm has brought, if it is made of the clone’s own sources', async () => {
    const tarballs = temporaryFolder();
    const { address: npm_config_registry } = await registry(tarballs);
    const [name, version] = ['tfjs-graph-linux-x64', '0.1.0'];
    const tarball = readFileSync(join(tarballs, `${name}-${version}.tgz`));
    const { copy, cache } = await setUp(1);
    const optionalDependencies = { [name]: version };
    const manifest = readJson<object>(copy.path('package.json'));
    writeJson(copy.path('package.json'), { ...manifest, optionalDependencies });
    const lock = readJson<{ packages: object }>(copy.path('package-lock.json'));
    const integrity = `sha512-${hash('sha512', tarball, 'base64')}`;
    const entry = { version, integrity, optional: true, os: ['linux'], cpu: ['x64'] };
    const packages = { ...lock?.packages, [`node_modules/${name}`]: entry };
    Object.assign(packages, {
      '': { ...(packages as Record<string, object>)[''], optionalDependencies },
    });
    writeJson(copy.path('package-lock.json'), { ...lock, packages });
    rmSync(copy.path('node_modules', '.package-lock.json'));
    rmSync(cache, { recursive: true });
    const env = { npm_config_registry };
    match((await setUp(1, env)).output, /native engine: from the npm packages/);

    appendFileSync(copy.path('lib', 'tfjs-graph', 'ops', 'op.h'), '\n');
    match((await setUp(1, env)).output, COMPILED);
  });
});
