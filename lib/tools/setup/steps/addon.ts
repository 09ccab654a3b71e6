import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { find } from '@mapbox/node-pre-gyp';
import { same, type Text } from '../../project/failure.mjs';
import { readJson, rename, writeJson } from '../../project/files';
import { packageFolder, projectRoot } from '../../project/paths';
import { runLogged } from '../../project/run-logged';
import { compile } from './cpp-compiler';
import type { Step } from './step';
import { tensorflowFolder, tensorflowSpec } from './tensorflow';

const title: Text = { en: 'TensorFlow.js’s native engine', zh: 'TensorFlow.js 原生引擎' };

const versionOf = (name: string) =>
  JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')).version;

const tfjs = '@tensorflow/tfjs-node-gpu';

/** Returns where `@tensorflow/tfjs-node-gpu` looks for its addon. */
export const addonFile = () => find(join(packageFolder(tfjs), 'package.json'));
/** Written when the addon is compiled: what of. */
const compiledFile = () => join(dirname(addonFile()), 'digits-addon.json');

const bindingFolder = join(packageFolder(tfjs), 'binding');

/** Lists a folder's files with an ending, in the order of their names. */
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter(name => ending.test(name))
    .sort()
    .map(name => join(folder, name));

/** What the project adds to the addon: its own ops, and the configuration of sessions. */
const ownSources = (ending = /\.(cc|h)$/) =>
  filesIn(join(projectRoot, 'lib', 'tfjs-graph', 'ops'), ending);

/** Returns what the addon depends on: it is compiled anew when any of it changes. */
function facts(tensorflow: string) {
  return {
    tensorflow,
    version: tensorflowSpec(),
    tfjs: versionOf(tfjs),
    headers: versionOf('node-api-headers'),
    flags: [...compilerFlags(tensorflow), ...linkerFlags(tensorflow)],
    source: ownSources().map(sha256).join(),
  };
}

/** Returns the compiler's arguments for each source. */
function compilerFlags(tensorflow: string): string[] {
  const include = [bindingFolder, join(packageFolder('node-api-headers'), 'include')];
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8'],
    // The addon's call goes to the function in session-config.cc instead.
    '-DTF_LoadSessionFromSavedModel=LoadSessionWithConfig',
    ...[...include, join(tensorflow, 'include')].flatMap(folder => ['-I', folder]),
  ];
}

/**
 * Returns what they are linked with. The run path is the libraries' own folder, with no symlink on the
 * way: from there the loader finds the CUDA libraries beside TensorFlow.
 */
function linkerFlags(tensorflow: string): string[] {
  const apple = process.platform === 'darwin';
  const library = (name: string) =>
    join(tensorflow, apple ? `lib${name}.2.dylib` : `lib${name}.so.2`);
  return [
    '-shared',
    // Node's own functions are found when it loads the addon.
    ...(apple ? ['-undefined', 'dynamic_lookup'] : []),
    ...[library('tensorflow_cc'), library('tensorflow_framework')],
    ...['-Xlinker', '-rpath', '-Xlinker', tensorflow], // a comma in the path would end -Wl's
  ];
}

interface Compiled extends ReturnType<typeof facts> {
  /** The SHA-256 of the addon. */
  readonly sha256: string;
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Tells what is wrong with the addon; `undefined` where it is what set-up made for this TensorFlow. */
export function addonTrouble(tensorflow: string): Text | undefined {
  if (!existsSync(addonFile())) return { en: 'not compiled yet', zh: '尚未编译' };
  const made = readJson<Compiled>(compiledFile());
  if (!made) return { en: 'from a set-up that did not finish', zh: '生成它的安装没有完成' };
  const { sha256: whole, ...before } = made;
  const now = facts(tensorflow);
  if (JSON.stringify(before) !== JSON.stringify(now)) {
    const [from, to] = [before, now].map(({ version, tfjs }) =>
      [version, `tfjs ${tfjs}`].join(', '),
    );
    if (from !== to) {
      return {
        en: `compiled for ${from}, but ${to} is installed`,
        zh: `是为 ${from} 编译的，现在装的是 ${to}`,
      };
    }
    return before.source === now.source
      ? { en: 'compiled for other folders', zh: '是为其他文件夹编译的' }
      : { en: 'compiled from different source code', zh: '是由其他源代码编译的' };
  }
  if (sha256(addonFile()) === whole) return undefined;
  return { en: 'the file is incomplete or was changed', zh: '文件不完整或被改动' };
}

/** Compiles the stock addon of tfjs, and the project's own parts, against the wheel's TensorFlow. */
export const addonStep: Step = {
  title,
  isDone() {
    const tensorflow = tensorflowFolder();
    return Boolean(tensorflow && !addonTrouble(tensorflow));
  },
  async run(site, report) {
    const tensorflow = tensorflowFolder();
    if (!tensorflow) throw new Error('Expected TensorFlow’s libraries before the addon.');
    const file = addonFile();
    const folder = dirname(file);
    mkdirSync(folder, { recursive: true });
    // Removes what a set-up that was cut off has left; the addon stays until the new one is whole.
    const kept = [file, compiledFile()].map(each => basename(each));
    const left = readdirSync(folder).filter(name => !kept.includes(name));
    for (const name of left) rmSync(join(folder, name), { recursive: true });
    const parts = join(folder, `${process.pid}`);
    mkdirSync(parts);
    const temporary = join(parts, 'addon.node');
    try {
      const compiler = await compile(
        site,
        {
          sources: [...filesIn(bindingFolder, /\.cc$/), ...ownSources(/\.cc$/)],
          compilerFlags: compilerFlags(tensorflow),
          linkerFlags: linkerFlags(tensorflow),
          parts,
          output: temporary,
        },
        report,
      );
      await loadAddon(temporary);
      const made: Compiled = { ...facts(tensorflow), sha256: sha256(temporary) };
      rename(temporary, file);
      writeJson(compiledFile(), made);
      return same(compiler);
    } finally {
      rmSync(parts, { recursive: true, force: true });
    }
  },
};

/** Loads an addon in a process of its own: a broken one may end it. */
export function loadAddon(file: string): Promise<void> {
  const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true' };
  return runLogged(process.execPath, ['-e', 'require(process.argv[1])', file], {
    title: { en: 'Loading the native engine', zh: '加载原生引擎' },
    log: 'addon',
    env: quiet,
  });
}
