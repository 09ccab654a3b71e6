/** The doctor's findings about TensorFlow's native engine. */
import { findCompiler } from 'tfjs-graph/addon/compiler';
import { same, type Text, textOf } from '../../project/failure.mjs';
import { nativeLeftOut } from '../../project/machine';
import { addonFile, addonTrouble, troubleLoading } from '../steps/addon';
import { gaveUpFile } from '../steps/or-web-assembly';
import type { Site } from '../steps/step';
import { tensorflowFolder, tensorflowStep } from '../steps/tensorflow';
import { type Finding, setUpAgain } from './finding';

export async function engine(site: Site): Promise<Finding[]> {
  const folder = (await tensorflowStep.isDone(site)) ? tensorflowFolder() : undefined;
  const compiler = await findCompiler();
  const trouble = (folder && addonTrouble(folder)) ?? inWords(await troubleLoading());
  return [
    {
      title: tensorflowStep.title,
      there: folder !== undefined,
      ...(folder && { seen: folder }),
      needed: true,
      large: true,
      logs: ['tensorflow'],
      cure: setUpAgain,
    },
    {
      title: { en: 'C++ compiler', zh: 'C++ 编译器' },
      there: compiler !== undefined,
      seen: compiler,
      needed: false,
      cure: {
        en: 'not required: set-up uses ziglang from PyPI instead. Faster: sudo apt install g++',
        zh: '并非必需：安装时会使用 PyPI 的 ziglang。更快的办法：sudo apt install g++',
      },
    },
    {
      title: { en: 'Native engine', zh: '原生引擎' },
      there: folder !== undefined && trouble === undefined,
      seen: trouble ?? addonFile(),
      needed: true,
      logs: ['addon'],
      cure: setUpAgain,
    },
  ];
}

const inWords = (error: unknown): Text | undefined =>
  error === undefined ? undefined : (textOf(error) ?? same(String(error)));

export function webAssembly({ machine }: Site): Finding {
  const title = { en: 'Native engine', zh: '原生引擎' };
  if (machine.native) {
    return {
      title,
      there: false,
      seen: { en: `see ${gaveUpFile}`, zh: `见 ${gaveUpFile}` },
      needed: false,
      cure: {
        en: 'not required: the lesson uses the WebAssembly engine; npm run setup tries again',
        zh: '并非必需：课程使用 WebAssembly 引擎；npm run setup 会再试一次',
      },
    };
  }
  if (nativeLeftOut()) {
    return {
      title,
      there: false,
      seen: {
        en: 'left out, because DIGITS_NATIVE=0 is set',
        zh: '设置了 DIGITS_NATIVE=0，未安装',
      },
      needed: false,
      cure: {
        en: 'not required: the lesson uses the WebAssembly engine',
        zh: '并非必需：课程使用 WebAssembly 引擎',
      },
    };
  }
  return {
    title,
    there: false,
    seen: machine.name,
    needed: false,
    cure: {
      en: 'not available for this platform; the lesson uses the WebAssembly engine',
      zh: '此平台没有原生引擎，使用 WebAssembly 引擎',
    },
  };
}
