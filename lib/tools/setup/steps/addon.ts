/**
 * The native engine: its addon, its C++ compiler (one of the system's, else `ziglang` from PyPI), and what
 * serves if it cannot be made.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  addonFile as addonFileIn,
  type BuildConfig,
  makeAddon,
  type News,
  type Tools,
  addonTrouble as troubleOf,
  loadAddon as tryLoading,
  zigIn,
} from 'tfjs-graph/addon/make';
import { textOf } from '../../project/failure.mjs';
import { writeWhole } from '../../project/files';
import { messages } from '../../project/messages';
import { packageFolder, projectRoot } from '../../project/paths';
import { interpreterAt } from '../../project/python';
import { type Report, runLogged } from '../../project/run-logged';
import { onlyFor } from '../packages/environment-yml';
import { locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';
import { tensorflowFolder, tensorflowSpec, tensorflowStep } from './tensorflow';

const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Returns where `@tensorflow/tfjs-node-gpu` looks for its addon. */
export const addonFile = () => addonFileIn(tfjs);

/**
 * The run path is the libraries' own folder, with no symlink on the way: from there the loader finds the
 * CUDA libraries beside TensorFlow.
 */
const recipeFor = (tensorflow: string): BuildConfig => ({
  tfjs,
  tensorflow,
  version: tensorflowSpec(),
  runPath: tensorflow,
});

/** Tells what is wrong with the addon; `undefined` if it is what set-up made for this TensorFlow. */
export function addonTrouble(tensorflow: string): string | undefined {
  const trouble = troubleOf(recipeFor(tensorflow));
  const said = messages().setup.addon;
  if (trouble?.code === 'other-version') return said[trouble.code](trouble.from, trouble.to);
  return trouble && said[trouble.code];
}

/** Compiles the stock addon of tfjs, and the project's own parts, against the wheel's TensorFlow. */
const addonStep: Step = {
  get title() {
    return messages().setup.engine;
  },
  isDone() {
    const tensorflow = tensorflowFolder();
    return Boolean(tensorflow && !addonTrouble(tensorflow));
  },
  async run(site, report) {
    const tensorflow = tensorflowFolder();
    if (!tensorflow) throw new Error('Expected TensorFlow’s libraries before the addon.');
    return makeAddon(recipeFor(tensorflow), compilerTools(site, report));
  },
};

/** Returns what a process of its own complains of while it loads the addon. */
export async function troubleLoading(): Promise<unknown> {
  if (!existsSync(addonFile())) return undefined;
  try {
    await tryLoading(addonFile(), (program, args, env) =>
      runLogged(program, args, { title: messages().setup.loading, log: 'addon', env }),
    );
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Returns compilers that report to a step of set-up, and to its log. */
const compilerTools = (site: Site, report: Report): Tools => ({
  run: (program, args, env) =>
    runLogged(program, args, { title: messages().setup.compiling, log: 'addon', env }),
  withZig: compile => withZig(site, report, compile),
  tell: news => report(wordsOf(news)),
});

function wordsOf(news: News): string {
  const { compilingWith, compilerFailed, noCompiler } = messages().setup;
  if (news.code === 'compiling') return compilingWith(news.compiler);
  return news.code === 'compiler-failed' ? compilerFailed(news.compiler) : noCompiler;
}

async function withZig(
  { machine, python }: Site,
  report: Report,
  compile: Parameters<Tools['withZig']>[0],
): Promise<void> {
  const folder = join(projectRoot, 'build', 'setup', 'zig');
  try {
    const uv = await Uv.ready(report, await interpreterAt(python.prefix));
    const { spec } = onlyFor('compiler');
    await uv.install(
      ['--python', python.prefix, '--target', folder, ...locked, spec],
      { title: messages().setup.fetchingCompiler, log: 'addon' },
      report,
    );
    await compile(zigIn(folder, python.program('python'), machine.name));
  } finally {
    rmSync(folder, { recursive: true, force: true }); // 400 MB
  }
}

/** Written if a step has failed on a machine on which nobody had tried it: why. */
export const gaveUpFile = join(projectRoot, 'build', 'setup', 'no-native-engine.txt');

/** Tells whether the native engine is wanted here, and nothing says that it cannot be made. */
export const wantsNative = ({ machine }: Site): boolean =>
  machine.native && (machine.tried || !existsSync(gaveUpFile));

/** Leaves a step out if WebAssembly serves: without a wheel, and when an untried machine fails. */
const orWebAssembly = (step: Step): Step => ({
  get title() {
    return step.title;
  },
  isDone: site => !wantsNative(site) || step.isDone(site),
  async run(site, report) {
    try {
      return await step.run(site, report);
    } catch (error) {
      if (site.machine.tried) throw error;
      writeWhole(gaveUpFile, `${textOf(error) ?? String(error)}\n`);
      return messages().setup.webAssemblyServes(gaveUpFile);
    }
  },
});

export const nativeSteps: readonly Step[] = [
  orWebAssembly(tensorflowStep),
  orWebAssembly(addonStep),
];
