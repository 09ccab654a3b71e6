/** The packages in the form that npm publishes. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../lib/command/machine/paths';
import { temporaryFolder } from './folder';

const GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'someone/digits' };

for (const name of ['tfjs-graph', 'mnist-data-loader']) {
  describe(`${name} as it is packed`, function () {
    this.timeout(120_000);
    let bytes: Uint8Array<ArrayBuffer>;
    let unpack: (...what: string[]) => string;

    before(() => {
      const folder = temporaryFolder();
      const pack = join(projectRoot, 'lib', 'lab', 'addon', 'tarball.cjs');
      execFileSync(process.execPath, [pack, '--pack-destination', folder], {
        cwd: join(projectRoot, 'lib', name),
        env: { ...process.env, ...GITHUB },
      });
      const tarball = join(folder, readdirSync(folder)[0] ?? '');
      bytes = Uint8Array.from(readFileSync(tarball));
      unpack = (...what) => execFileSync('tar', [...what, '-f', tarball], { encoding: 'utf8' });
    });

    it('is what publint asks for, suggestions included', async () => {
      const { publint } = await import('publint');
      deepEqual((await publint({ pack: { tarball: bytes.buffer } })).messages, []);
    });

    it('has the right types for whoever resolves them', async () => {
      const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core');
      const checked = await checkPackage(createPackageFromTarballData(bytes));
      deepEqual(checked.types && checked.problems, []);
    });

    it('says what it is, whose, where from and what is new', () => {
      const { version, ...manifest } = JSON.parse(unpack('-xzO', 'package/package.json'));
      const directory = `lib/${name}`;
      const url = 'git+https://github.com/someone/digits.git';
      deepEqual(manifest.repository, { type: 'git', url, directory });
      match(manifest.homepage, RegExp(`^https://github.com/someone/digits/.*${name}#readme$`));
      equal(manifest.bugs, 'https://github.com/someone/digits/issues');
      const api = `https://someone.github.io/digits/reference/modules/${name}.html`;
      ok(unpack('-xzO', 'package/README.md').includes(`[The API](${api})`));
      ok(manifest.description && manifest.license && manifest.keywords.length >= 5);
      for (const field of ['scripts', 'devDependencies', 'browser'])
        equal(manifest[field], undefined);
      const [first] = unpack('-xzO', 'package/CHANGELOG.md').match(/^## .*$/gm) ?? [];
      equal(first, `## ${version}`);
      const files = unpack('-tz').split('\n');
      for (const file of ['LICENSE', 'README.md', 'THIRD-PARTY.txt', 'dist/index.js.map']) {
        ok(files.includes(`package/${file}`), file);
      }
    });
  });
}
