/** The addon for other systems, compiled here: an epoch of the lesson under Wine and qemu. */
import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { addonPath } from '../../../lib/digits/device/plan';
import { fetchLibraries } from '../../../lib/tfjs-graph/addon/libraries';
import { addonFile, build, zigIn } from '../../../lib/tfjs-graph/addon/make';
import { runsUntil } from '../../../lib/tfjs-graph/addon/process';
import { diagnose } from '../../../lib/tools/project/failure.mjs';
import { ask } from '../../../lib/tools/setup/packages/pythons';
import { locked, onlyFor } from '../../../lib/tools/setup/packages/requirements';
import { Uv } from '../../../lib/tools/setup/packages/uv';
import { temporaryFolder } from '../../folder';
import { lack, nodeOnArm, nodeOnWindows } from '../../tools/setup/elsewhere';
import { assertClose } from '../train/against-stock';
import { Project } from './project';

interface Epochs {
  readonly machine: string;
  readonly backend: string;
  readonly trained: readonly { readonly loss: number; readonly fallbacks: readonly string[] }[];
}

const SYSTEMS = {
  'win32-x64': { node: nodeOnWindows, wheel: 'x86_64-pc-windows-msvc' },
  'linux-arm64': { node: nodeOnArm, wheel: 'aarch64-unknown-linux-gnu' },
};

describe('an addon that is compiled for another system', () => {
  let project: Project;
  let here: Epochs;
  let uv: Uv;
  let zig: string;
  let python: string;
  let libraries: string;
  const addon = () => addonFile(project.path('node_modules', '@tensorflow', 'tfjs-node'));

  before(async function () {
    const isHere = process.platform === 'linux' && process.arch === 'x64';
    const lacks = isHere ? await lack() : 'Linux on a processor of Intel’s or AMD’s';
    if (lacks || !existsSync(addonPath())) {
      console.log(`  no ${lacks ?? 'native engine'}, so skipped:`);
      return this.skip();
    }
    uv = await Uv.ready(() => {});
    python = (await ask('python3'))?.executable ?? '';
    zig = temporaryFolder();
    try {
      await fetch(onlyFor('compiler').spec, zig, 'x86_64-unknown-linux-gnu');
    } catch (error) {
      if (diagnose(String(error))?.name !== 'network') throw error;
      console.log('  no network, so skipped:');
      return this.skip();
    }
    project = await Project.with(['@tensorflow/tfjs', '@tensorflow/tfjs-node']);
    mkdirSync(dirname(addon()), { recursive: true });
    copyFileSync(addonPath(), addon());
    here = await epochs(process.execPath);
  });
  // A gigabyte for each system.
  afterEach(() => {
    for (const each of [libraries, dirname(addon())])
      rmSync(each, { recursive: true, force: true });
  });
  after(() => project?.remove());

  const fetch = (spec: string, folder: string, system: string) => {
    const where = ['--target', folder, '--python-platform', system, '--python-version', '3.13'];
    return uv.ask('pip', 'install', '--no-cache', '--no-deps', ...where, ...locked, spec);
  };

  /** Trains on a Node, of which a shell reads the command. */
  async function epochs(node: string): Promise<Epochs> {
    const options = {
      cwd: project.folder,
      // Else Wine does not find the folder by its name.
      env: { ...process.env, LC_ALL: 'C.UTF-8', TF_CPP_MIN_LOG_LEVEL: '2' },
    };
    const program = `exec ${node} epoch.cjs epochs.json >log 2>&1`;
    await promisify(execFile)('sh', ['-c', program], options).catch(error => {
      throw new Error(`${error}\n${readFileSync(project.path('log'), 'utf8')}`);
    });
    return JSON.parse(readFileSync(project.path('epochs.json'), 'utf8'));
  }

  for (const [machine, { node, wheel }] of Object.entries(SYSTEMS)) {
    it(`trains on ${machine} as one does here`, async () => {
      libraries = join(temporaryFolder(), 'libraries');
      await fetchLibraries([onlyFor('engine').spec], libraries, async ([spec = ''], to) => {
        await fetch(spec, to, wheel);
      });
      const tensorflow = join(libraries, 'tensorflow');
      const made = temporaryFolder();
      const output = join(made, 'tfjs_binding.node');
      const tfjs = project.path('node_modules', '@tensorflow', 'tfjs-node');
      const config = { tfjs, machine, tensorflow, version: undefined, runPath: tensorflow };
      const run = runsUntil(new AbortController().signal);
      await build(config, output, zigIn(zig, python, machine), run);
      mkdirSync(dirname(addon()), { recursive: true });
      copyFileSync(output, addon());
      if (machine === 'win32-x64') {
        const beside = (name: string) => join(dirname(addon()), name);
        copyFileSync(join(made, 'python313.dll'), beside('python313.dll'));
        const library = '_pywrap_tensorflow_common.dll';
        linkSync(join(tensorflow, 'python', library), beside(library));
      }
      const there = await epochs(await node());
      equal(there.machine, machine);
      equal(there.backend, 'tensorflow');
      deepEqual(
        there.trained.flatMap(({ fallbacks }) => fallbacks),
        [],
      );
      const losses = ({ trained }: Epochs) => trained.map(({ loss }) => loss);
      assertClose(losses(there), losses(here), 1e-5, 'losses');
    });
  }
}).timeout(1_200_000);
