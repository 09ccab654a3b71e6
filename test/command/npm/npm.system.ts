import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { filesBelow } from '../../../lib/command/machine/files';
import { projectRoot } from '../../../lib/command/machine/paths';
import { damagedPackages, packagesInstalled } from '../../../lib/command/npm/installed.mjs';
import { installPackages } from '../../../lib/command/npm/npm.mjs';
import { put, temporaryFolder } from '../../folder';
import { closeMirrors, mirror } from '../../mnist-data-loader/support';
import { readData } from '../../texts';

type Packages = Record<string, object>;

interface Case {
  readonly lock?: Packages;
  readonly installed: string[];
  readonly record?: Packages;
  readonly dev?: boolean;
  readonly complete: boolean;
}

const data = readData<{ packages: Packages; cases: Record<string, Case> }>('command/npm/npm.yml');

describe('npm’s packages', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });

  const record = 'node_modules/.package-lock.json';
  const write = (file: string, content: object) => put(root, [[file, JSON.stringify(content)]]);

  /** Writes a lock file, the packages that npm has installed, and npm's record. */
  function install({ lock = {}, installed, record: changes = {} }: Omit<Case, 'complete'>) {
    const packages: Packages = { ...data.packages, ...lock };
    const paths = installed.map(name => `node_modules/${name}`);
    write('package-lock.json', { name: 'lesson', lockfileVersion: 3, packages });
    for (const path of paths)
      write(`${path}/package.json`, { name: basename(path), version: '1.0.0' });
    const entries = Object.entries(packages).filter(([path]) => paths.includes(path));
    write(record, { packages: { ...Object.fromEntries(entries), ...changes } });
  }

  for (const [title, each] of Object.entries(data.cases)) {
    it(title, async () => {
      const text = JSON.stringify(each).replace('SYSTEM', process.platform);
      install(JSON.parse(text.replace('PROCESSOR', process.arch)));
      equal(await packagesInstalled(root, each.dev), each.complete);
      rmSync(join(root, record));
      equal(await packagesInstalled(root, each.dev), false, 'npm was interrupted');
    });
  }

  const tool = 'node_modules/tool';
  const installed = ['kernel', 'tool', 'tool/node_modules/part'];

  it('are damaged with a file that is missing, truncated or changed', async () => {
    install({ installed });
    const file = join(root, tool, 'dist.js');
    const change = (text: string, seconds: number) => {
      writeFileSync(file, text);
      utimesSync(file, seconds, seconds);
    };
    change('text', 1e9);
    deepEqual(await damagedPackages(root), [], 'recorded');
    for (const damage of [
      () => change('tex', 2e9),
      () => change('next', 2e9),
      () => rmSync(file),
    ]) {
      damage();
      deepEqual(await damagedPackages(root), [tool]);
    }
    change('text', 2e9);
    deepEqual(await damagedPackages(root), []);
    change('next', 2e9); // a disk error does not change the time
    deepEqual(await damagedPackages(root), []);
    deepEqual(await damagedPackages(root, false, true), [tool]);
    deepEqual(await damagedPackages(root), [tool]);
    install({ lock: { [tool]: { version: '1.0.0', integrity: 'other' } }, installed });
    deepEqual(await damagedPackages(root), [], 'npm has updated the package');
  });

  it('are damaged without the folder of one, even before their files are recorded', async () => {
    install({ installed });
    rmSync(join(root, tool), { recursive: true });
    deepEqual(await damagedPackages(root), [tool, `${tool}/node_modules/part`]);
  });

  const pack = (version: string) => {
    write(`${version}/package.json`, { name: 'tool', version });
    put(root, [[`${version}/index.js`, version]]);
    const args = ['pack', '--json', '--pack-destination', root, join(root, version)];
    const [{ integrity }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' }));
    return { version, integrity };
  };

  it('come from the cache, or anew if it lacks a version or is damaged', async () => {
    const env = { ...process.env };
    const packed = ['1.0.0', '1.0.1'].map(pack);
    let listed = 1;
    const { url, requests } = await mirror(({ url = '', headers }, response) => {
      if (url.endsWith('.tgz')) return response.end(readFileSync(join(root, basename(url))));
      const versions = packed.slice(0, listed).map(({ version, integrity }) => {
        const dist = { tarball: `http://${headers.host}/tool-${version}.tgz`, integrity };
        return [version, { name: 'tool', version, dist }];
      });
      response.end(JSON.stringify({ name: 'tool', versions: Object.fromEntries(versions) }));
    });
    const installTool = async (isFetched: boolean) => {
      const countBefore = requests.length;
      await installPackages(root, false, () => {});
      equal(requests.length > countBefore, isFetched);
      equal(await packagesInstalled(root), true);
    };
    try {
      process.env.npm_config_registry = url;
      process.env.npm_config_cache = join(root, 'cache');
      copyFileSync(join(projectRoot, '.npmrc'), join(root, '.npmrc'));
      for (const file of packed) {
        const top = { name: 'lesson', version: '1.0.0', dependencies: { tool: '^1.0.0' } };
        write('package.json', top);
        write('package-lock.json', { lockfileVersion: 3, packages: { '': top, [tool]: file } });
        await installTool(true);
        listed += 1;
      }
      await installTool(false);

      const index = join(root, tool, 'index.js');
      rmSync(index);
      await installTool(false);
      equal(readFileSync(index, 'utf8'), '1.0.1');
      const cache = join(root, 'cache', '_cacache', 'content-v2');
      for (const path of filesBelow(cache)) truncateSync(join(cache, path), 10);
      writeFileSync(index, '1.0.0');
      await installTool(true);
      equal(readFileSync(index, 'utf8'), '1.0.1');
      const log = readFileSync(join(root, 'build', 'setup', 'npm.log'), 'utf8');
      match(log, /^\$ .* install --no-save /, 'all packages were installed anew');
    } finally {
      process.env = env;
      await closeMirrors();
    }
  });
});
