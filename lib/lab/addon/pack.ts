/**
 * Packs `tfjs-graph`, and the addon of each machine as an optional dependency. Compiles with ziglang, so the
 * files are the same on every build machine.
 *
 *     npm run pack [-- --pack-destination FOLDER --machine linux-x64]
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageFolder, pythonEnvironment } from 'command/machine/paths';
import headersWheel from 'tfjs-graph/install/headers.json';
import { provide } from 'tfjs-graph/install/provide';
import manifest from 'tfjs-graph/package.json';
import { packageOf } from '../setup/packages/requirements';
import { installLocked } from '../setup/packages/uv';
import { ADDON, compile, INCLUDE_PATH, run, zigIn } from './compile';
import { digestOf } from './record';
import { isWindows, MACHINES, targetOf } from './targets';

const { refresh }: { refresh(): void } = require('kernel/build.cjs');
type Pack = (folder: string, destination: string, more?: object) => void;
const { pack }: { pack: Pack } = require('./tarball.cjs');
const root = packageFolder('tfjs-graph');
const NOTICE = 'THIRD-PARTY.txt';
const python = pythonEnvironment();

/** Creates a folder laid out like TensorFlow's, with stub libraries for the linker: symbols without code. */
async function createStubs(
  top: string,
  headers: string,
  machine: string,
  zig: ReturnType<typeof zigIn>,
) {
  const tensorflow = join(top, machine, 'tensorflow');
  mkdirSync(join(tensorflow, 'python'), { recursive: true });
  const names = functionNames(headers);
  const definitions = join(tensorflow, 'names.def');
  const code = join(tensorflow, 'names.cc');
  writeFileSync(code, names.map(name => `extern "C" void ${name}() {}\n`).join(''));
  for (const path of targetOf(machine).libraries) {
    const output = join(tensorflow, path);
    if (isWindows(machine)) {
      const library = basename(path, '.if.lib');
      writeFileSync(definitions, [`LIBRARY ${library}`, 'EXPORTS', ...names].join('\n'));
      await run(zig.program, [...zig.dlltool, '-d', definitions, '-l', output], zig.env);
    } else {
      const option = machine.startsWith('darwin') ? '-install_name,@rpath/' : '-soname,';
      const name = `-Wl,${option}${path}`;
      await run(zig.program, [...zig.args, '-shared', name, code, '-o', output], zig.env);
    }
  }
  return tensorflow;
}

/** Returns the names of TensorFlow's C functions. */
function functionNames(headers: string): string[] {
  const text = readdirSync(headers, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.h'))
    .map(path => readFileSync(join(headers, path), 'utf8'))
    .join();
  return [...new Set(text.match(/\bTFE?_\w+(?=\()/g))].sort();
}

async function packAddon(machine: string, name: string, top: string, options: Options) {
  const zig = zigIn(join(top, 'ziglang'), python.program('python'), machine);
  const output = join(top, machine, ADDON);
  const folder = join(top, name);
  mkdirSync(folder);
  const headers = join(await provide(headersWheel), INCLUDE_PATH);
  const tensorflow = await createStubs(top, headers, machine, zig);
  const config = { machine, tensorflow, version: headersWheel.file.split('-')[1] ?? '' };
  await compile(config, headers, output, { ...zig, args: [...zig.args, '-s'] });
  const outputs = readdirSync(join(top, machine)).filter(file => /\.(node|dll)$/.test(file));
  for (const file of outputs) copyFileSync(join(top, machine, file), join(folder, file));
  for (const file of ['LICENSE', NOTICE]) copyFileSync(join(root, file), join(folder, file));
  const about = `The addon of tfjs-graph for ${machine}`;
  writeFileSync(join(folder, 'README.md'), `# ${name}\n\n${about}, which depends on it.\n`);
  const [os, cpu] = machine.split('-');
  const machines = { os: [os], cpu: [cpu], ...(os === 'linux' && { libc: ['glibc'] }) };
  const { version, license, engines } = manifest;
  const facts = { version, description: about, license, engines, type: 'commonjs', main: ADDON };
  const content = {
    name,
    ...facts,
    ...machines,
    builtFrom: digestOf(config),
    files: [...outputs, NOTICE],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content));
  pack(folder, options['pack-destination']);
}

async function main(options: Options): Promise<void> {
  refresh();
  const top = mkdtempSync(join(tmpdir(), 'tfjs-graph-'));
  try {
    const log = { title: 'ziglang', log: 'addon' };
    await installLocked([packageOf('compiler').spec], join(top, 'ziglang'), python, log, () => {});
    const parts = MACHINES.map(machine => `tfjs-graph-${machine}`);
    for (const machine of options.machine ?? MACHINES) {
      await packAddon(machine, `tfjs-graph-${machine}`, top, options);
    }
    const optionalDependencies = Object.fromEntries(parts.map(name => [name, manifest.version]));
    pack(root, options['pack-destination'], { optionalDependencies });
  } finally {
    rmSync(top, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    'pack-destination': { type: 'string', default: '.' },
    machine: { type: 'string', multiple: true },
  },
});
type Options = typeof values;
main(values).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
