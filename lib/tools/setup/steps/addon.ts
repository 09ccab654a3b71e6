import { existsSync } from 'node:fs';
import { makeAddon, loadAddon as tryLoading } from 'tfjs-graph/addon/make';
import { addonFile as addonFileIn, type Recipe } from 'tfjs-graph/addon/recipe';
import { type Trouble, addonTrouble as troubleOf } from 'tfjs-graph/addon/record';
import { same, type Text } from '../../project/failure.mjs';
import { packageFolder } from '../../project/paths';
import { runLogged } from '../../project/run-logged';
import { compilerTools } from './cpp-compiler';
import type { Step } from './step';
import { tensorflowFolder, tensorflowSpec } from './tensorflow';

const title: Text = { en: 'TensorFlow.js’s native engine', zh: 'TensorFlow.js 原生引擎' };

const tfjs = packageFolder('@tensorflow/tfjs-node-gpu');

/** Returns where `@tensorflow/tfjs-node-gpu` looks for its addon. */
export const addonFile = () => addonFileIn(tfjs);

/**
 * The run path is the libraries' own folder, with no symlink on the way: from there the loader finds the
 * CUDA libraries beside TensorFlow.
 */
const recipeFor = (tensorflow: string): Recipe => ({
  tfjs,
  tensorflow,
  version: tensorflowSpec(),
  runPath: tensorflow,
});

/** Tells what is wrong with the addon; `undefined` where it is what set-up made for this TensorFlow. */
export function addonTrouble(tensorflow: string): Text | undefined {
  const trouble = troubleOf(recipeFor(tensorflow));
  return trouble && inWords(trouble);
}

function inWords(trouble: Trouble): Text {
  switch (trouble.code) {
    case 'missing':
      return { en: 'not compiled yet', zh: '尚未编译' };
    case 'no-record':
      return { en: 'from a set-up that did not finish', zh: '生成它的安装没有完成' };
    case 'other-version':
      return {
        en: `compiled for ${trouble.from}, but ${trouble.to} is installed`,
        zh: `是为 ${trouble.from} 编译的，现在装的是 ${trouble.to}`,
      };
    case 'other-source':
      return { en: 'compiled from different source code', zh: '是由其他源代码编译的' };
    case 'other-folders':
      return { en: 'compiled for other folders', zh: '是为其他文件夹编译的' };
    case 'changed':
      return { en: 'the file is incomplete or was changed', zh: '文件不完整或被改动' };
  }
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
    const tools = compilerTools(site, report);
    return same(await makeAddon(recipeFor(tensorflow), tools));
  },
};

/** Returns what a process of its own complains of while it loads the addon. */
export async function troubleLoading(): Promise<unknown> {
  if (!existsSync(addonFile())) return undefined;
  try {
    await tryLoading(addonFile(), (program, args, env) =>
      runLogged(program, [...args], {
        title: { en: 'Loading the native engine', zh: '加载原生引擎' },
        log: 'addon',
        ...(env && { env }),
      }),
    );
    return undefined;
  } catch (error) {
    return error;
  }
}
