import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { filesBelow } from '../../../lib/tools/project/files';
import { projectRoot } from '../../../lib/tools/project/paths';
import {
  damagedPackages,
  packagesInstalled,
} from '../../../lib/tools/setup/packages/installed.mjs';
import { installPackages } from '../../../lib/tools/setup/packages/npm.mjs';
import { temporaryFolder } from '../../folder';

describe('npm’s packages', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });

  const packages = {
    '': { version: '1.0.0' },
    'lib/kernel': { version: '0.1.0' },
    'node_modules/kernel': { resolved: 'lib/kernel', link: true },
    'node_modules/tool': { version: '1.0.0' },
    'node_modules/tool/node_modules/part': { version: '2.0.0' },
    'node_modules/tester': { version: '1.0.0', dev: true },
    'node_modules/for-windows': { version: '1.0.0', optional: true },
    'node_modules/for-macos': { version: '1.0.0', devOptional: true },
  };
  const always = ['kernel', 'tool', 'tool/node_modules/part'].map(name => `node_modules/${name}`);

  /** Writes what npm leaves of an installation: its record, and each package's own file. */
  function install(paths: readonly string[], wanted: Record<string, object> = packages) {
    const write = (content: object, ...path: string[]) =>
      writeFileSync(join(root, ...path), JSON.stringify(content));
    write({ name: 'lesson', lockfileVersion: 3, packages: wanted }, 'package-lock.json');
    for (const path of paths) {
      mkdirSync(join(root, path), { recursive: true });
      write({ name: basename(path), version: '1.0.0' }, path, 'package.json');
    }
    const known = Object.entries(wanted).filter(([path]) => paths.includes(path));
    const record = { lockfileVersion: 3, packages: Object.fromEntries(known) };
    write(record, 'node_modules', '.package-lock.json');
  }

  it('are there without those for tests, which only tests ask for', async () => {
    install(always);
    equal(await packagesInstalled(root), true);
    equal(await packagesInstalled(root, true), false);
    install([...always, 'node_modules/tester']);
    equal(await packagesInstalled(root, true), true);
  });

  it('are missing where one is that another has brought along, or of another version, or npm was cut off', async () => {
    install(always.slice(0, 2));
    equal(await packagesInstalled(root), false);
    install(always);
    const newer = { ...packages, 'node_modules/tool': { version: '1.0.1' } };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: newer }));
    equal(await packagesInstalled(root), false);
    install(always);
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    equal(await packagesInstalled(root), false);
  });

  it('are missing in a folder from another system, where one is made for this one alone', async () => {
    const { platform, arch } = process;
    const own = (cpu: string) => ({
      ...packages,
      'node_modules/own': { version: '1.0.0', optional: true, os: [platform], cpu: [cpu] },
    });
    install(always, own('other'));
    equal(await packagesInstalled(root), true);
    install(always, own(arch));
    equal(await packagesInstalled(root), false);
    install([...always, 'node_modules/own'], own(arch));
    equal(await packagesInstalled(root), true);
  });

  it('are damaged where a file is missing, truncated or changed', async () => {
    install(always);
    const file = join(root, 'node_modules', 'tool', 'dist.js');
    const write = (text: string, mtime: Date) => {
      writeFileSync(file, text);
      utimesSync(file, mtime, mtime);
    };
    const [then, later] = [new Date(1e12), new Date(2e12)];
    write('text', then);
    deepEqual(await damagedPackages(root), []); // and recorded
    for (const text of ['tex', 'next', undefined]) {
      if (text) write(text, later);
      else rmSync(file);
      deepEqual(await damagedPackages(root), ['node_modules/tool']);
    }
    write('text', later);
    deepEqual(await damagedPackages(root), []);
    write('next', later); // as a disk changes it
    deepEqual(await damagedPackages(root), []);
    deepEqual(await damagedPackages(root, false, true), ['node_modules/tool']);
    deepEqual(await damagedPackages(root), ['node_modules/tool']);
    // An update by npm itself is no damage.
    install(always, { ...packages, 'node_modules/tool': { version: '1.0.0', integrity: 'other' } });
    deepEqual(await damagedPackages(root), []);
  });

  it('come from the cache alone, and anew if it knows none but an older version', async () => {
    const before = { ...process.env };
    const versions = ['1.0.0', '1.0.1'];
    const written = (name: string, manifest: object) =>
      writeFileSync(
        join(root, name, 'package.json'),
        JSON.stringify({ name: 'tool', ...manifest }),
      );
    const packed = versions.map(version => {
      mkdirSync(join(root, version));
      written(version, { version });
      writeFileSync(join(root, version, 'index.js'), version);
      const pack = ['pack', '--json', '--pack-destination', root, join(root, version)];
      const [{ integrity }] = JSON.parse(execFileSync('npm', pack, { encoding: 'utf8' }));
      return { version, integrity };
    });
    copyFileSync(join(projectRoot, '.npmrc'), join(root, '.npmrc'));
    let known = 1;
    let asked = 0;
    const server = createServer(({ url = '', headers }, response) => {
      asked += 1;
      if (url.endsWith('.tgz')) return response.end(readFileSync(join(root, basename(url))));
      const all = packed.slice(0, known).map(({ version, integrity }) => {
        const dist = { tarball: `http://${headers.host}/tool-${version}.tgz`, integrity };
        return [version, { name: 'tool', version, dist }];
      });
      response.end(JSON.stringify({ name: 'tool', versions: Object.fromEntries(all) }));
    });
    await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
    try {
      process.env.npm_config_registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      process.env.npm_config_cache = join(root, 'cache');
      for (const own of packed) {
        const top = { name: 'lesson', version: '1.0.0', dependencies: { tool: '^1.0.0' } };
        const wanted = { '': top, 'node_modules/tool': own };
        written('.', top);
        install(['node_modules/tool'], wanted);
        await installPackages(root, false, () => {});
        equal(await packagesInstalled(root), true);
        known += 1;
      }
      const sofar = asked;
      await installPackages(root, false, () => {});
      equal(asked, sofar);

      const index = join(root, 'node_modules', 'tool', 'index.js');
      rmSync(index);
      await installPackages(root, false, () => {});
      equal(readFileSync(index, 'utf8'), '1.0.1');
      equal(asked, sofar);
      const cached = join(root, 'cache', '_cacache', 'content-v2');
      for (const path of filesBelow(cached)) truncateSync(join(cached, path), 10);
      writeFileSync(index, '1.0.0');
      await installPackages(root, false, () => {});
      equal(readFileSync(index, 'utf8'), '1.0.1');
      const log = readFileSync(join(root, 'build', 'setup', 'npm.log'), 'utf8');
      match(log, /^\$ .* install --no-save /, 'all packages were installed anew');
    } finally {
      process.env = before;
      server.close();
    }
  });
});
