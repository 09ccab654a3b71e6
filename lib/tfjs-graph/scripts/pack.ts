/**
 * Packs `tfjs-graph`, and the addon for this machine as the package that it depends on by the way: compiled
 * by ziglang, so that the files are the same wherever this runs.
 *
 *     npm run pack [-- --pack-destination FOLDER --tensorflow FOLDER]
 *
 * TensorFlow's libraries and headers are those that set-up has fetched, or in a folder that is named.
 */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { SYSTEM } from '../addon/cache';
import { build, ZIGLANG, zigIn } from '../addon/make';
import manifest from '../package.json';

const root = join(__dirname, '..');
const run = promisify(execFile);

/**
 * Compiles the addon, which finds the libraries beside itself.
 *
 * @param tensorflow the folder of the libraries and their headers
 */
async function compile(output: string, tensorflow: string): Promise<void> {
  const zig = join(dirname(output), 'ziglang');
  const spec = `ziglang==${ZIGLANG}`;
  await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', zig, spec]);
  const compiler = zigIn(zig, 'python3');
  await build(
    {
      tfjs: dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')),
      ...{ tensorflow, version: undefined, runPath: '$ORIGIN' },
    },
    output,
    { ...compiler, args: [...compiler.args, '-s'] },
    async (program, args, env) => {
      await run(program, args, { env: { ...process.env, ...env } });
    },
  );
}

/** Writes a folder's package into another. */
function pack(folder: string, content: object, destination: string): void {
  for (const name of ['LICENSE', 'THIRD-PARTY.txt']) {
    copyFileSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`);
  execFileSync('npm', ['pack', '--pack-destination', resolve(destination)], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'ignore'],
  });
}

/** @param destination takes the tarballs. */
async function main(destination: string, tensorflow: string): Promise<void> {
  require('../../kernel/build.cjs').refresh();
  const top = mkdtempSync(join(tmpdir(), 'tfjs-graph-'));
  try {
    const { version, license, engines } = manifest;
    const [os, cpu] = SYSTEM.split('-');
    const name = `tfjs-graph-${SYSTEM}`;
    const addon = 'tfjs_binding.node';
    const [whole, part] = ['tfjs-graph', name].map(each => join(top, each)) as [string, string];
    for (const folder of [whole, part, join(top, 'objects')]) mkdirSync(folder);
    await compile(join(top, 'objects', addon), tensorflow);
    copyFileSync(join(top, 'objects', addon), join(part, addon));
    const about = `The addon of tfjs-graph for ${SYSTEM}`;
    writeFileSync(join(part, 'README.md'), `# ${name}\n\n${about}, which depends on it.\n`);
    const machines = { os: [os], cpu: [cpu], ...(os === 'linux' && { libc: ['glibc'] }) };
    const facts = { version, description: about, license, engines, main: addon };
    pack(part, { name, ...facts, ...machines }, destination);
    for (const each of [...manifest.files, 'README.md']) {
      cpSync(join(root, each), join(whole, basename(each)), { recursive: true });
    }
    pack(whole, { ...manifest, optionalDependencies: { [name]: version } }, destination);
  } finally {
    rmSync(top, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    'pack-destination': { type: 'string', default: '.' },
    tensorflow: {
      type: 'string',
      default: join(root, '..', '..', 'build', 'tensorflow', 'tensorflow'),
    },
  },
});
main(values['pack-destination'], values.tensorflow).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
