/** The packages for other systems, installed and run under Wine and qemu: an epoch of the lesson. */
import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../../lib/digits/device/plan';
import { indexUrl } from '../../../lib/tfjs-graph/install/pypi';
import { temporaryFolder } from '../../folder';
import { lack, nodeOnArm, nodeOnWindows } from '../../lab/setup/elsewhere';
import { assertClose } from '../train/against-stock';
import { Project } from './project';
import { registry } from './servers';

interface Epochs {
  readonly machine: string;
  readonly backend: string;
  readonly trained: readonly { readonly loss: number; readonly fallbacks: readonly string[] }[];
}

const SYSTEMS = { 'win32-x64': nodeOnWindows, 'linux-arm64': nodeOnArm };

describe('npm install tfjs-graph @tensorflow/tfjs on another system', () => {
  let from: string;
  let native: Epochs;

  before(async function () {
    const isHere = process.platform === 'linux' && process.arch === 'x64';
    const lacks = isHere ? await lack() : 'Linux on a processor of Intel’s or AMD’s';
    if (lacks || !existsSync(addonPath())) {
      console.log(`  no ${lacks ?? 'native engine'}, so skipped:`);
      return this.skip();
    }
    const machines = ['linux-x64', ...Object.keys(SYSTEMS)];
    ({ address: from } = await registry(temporaryFolder(), machines));
    native = await epochs('linux-x64', process.execPath);
    equal(native.backend, 'tensorflow');
  });

  /**
   * Installs the packages for a system and trains.
   *
   * @param node the shell command of its Node
   */
  async function epochs(machine: string, node: string): Promise<Epochs> {
    const project = await Project.with(['@tensorflow/tfjs'], { from, machine });
    const cache = temporaryFolder();
    try {
      // Without this, Wine does not find a folder by name.
      const settings = { LC_ALL: 'C.UTF-8', TF_CPP_MIN_LOG_LEVEL: '2' };
      const env = { ...process.env, PIP_INDEX_URL: indexUrl(), TFJS_GRAPH_CACHE: cache };
      // Under Wine, child processes inherit no pipes, so the output goes to a file.
      const program = `${node} node_modules/tfjs-graph/dist/cli.js libraries >log 2>&1 && ${node} epoch.cjs epochs.json >>log 2>&1`;
      const options = { cwd: project.folder, env: { ...env, ...settings } };
      await promisify(execFile)('sh', ['-c', program], options).catch(error => {
        throw new Error(`${error}\n${readFileSync(project.path('log'), 'utf8')}`);
      });
      return JSON.parse(readFileSync(join(project.path('epochs.json')), 'utf8'));
    } finally {
      // A gigabyte for each system.
      rmSync(cache, { recursive: true, force: true });
      project.remove();
    }
  }

  for (const [machine, node] of Object.entries(SYSTEMS)) {
    it(`trains on ${machine} as one does here`, async () => {
      const emulated = await epochs(machine, await node());
      equal(emulated.machine, machine);
      equal(emulated.backend, 'tensorflow');
      deepEqual(
        emulated.trained.flatMap(({ fallbacks }) => fallbacks),
        [],
      );
      const losses = ({ trained }: Epochs) => trained.map(({ loss }) => loss);
      assertClose(losses(emulated), losses(native), 1e-5, 'losses');
    });
  }
}).timeout(1_800_000);
