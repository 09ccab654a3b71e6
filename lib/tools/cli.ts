/** Runs the commands of `options.mjs`, once the npm packages are installed. */
import { relative } from 'node:path';
import { openLab } from './lab/open';
import { type Command, isTier, type Options } from './options.mjs';
import type { Language } from './project/failure.mjs';
import { nativeLeftOut } from './project/machine';
import { writePages, writeSlides } from './publish/pages';
import { runLesson } from './publish/run-lesson';
import { examine } from './setup/doctor';
import type { Extra } from './setup/packages/environment-yml';
import { setUp, siteOf } from './setup/setup';
import { makeSite } from './site/site';
import { runTests } from './tests';

/** Runs a command and returns its exit code; `bootstrap.mjs` shows failures. */
export async function main(options: Options): Promise<number> {
  const { command, language, prefix, rest } = options;
  const site = siteOf({
    prefix,
    extras: extrasOf(command),
    thorough: command === 'setup' || command === 'doctor',
  });
  if (command === 'doctor') return examine(site, language);

  const { machine, python } = site;
  if (!machine.native) {
    console.log((nativeLeftOut() ? leftOut : withoutNative(machine.name))[language]);
  }
  const worked = await setUp(site, language);
  // All that is started from here on uses this environment.
  process.env.DIGITS_PYTHON_PREFIX = python.prefix;
  if (isTier(command)) return runTests(command, rest);
  if (command === 'start') return openLab(python, options);
  if (command === 'lesson') {
    if (!options.html && !options.slides) return runInTerminal(language);
    if (options.html) show(await writePages());
    if (options.slides) show(await writeSlides());
    return 0;
  }
  if (command === 'site') return makeSite(python, options);
  console.log(ready(worked)[language]);
  return 0;
}

/** The occasions whose Python packages a command needs. */
function extrasOf(command: Command): readonly Extra[] {
  if (isTier(command)) return ['test', 'classroom', 'site'];
  return command === 'site' ? ['site'] : [];
}

const leftOut = {
  en: 'DIGITS_NATIVE=0 is set, so the native engine is left out: the lesson uses the WebAssembly engine, which comes with the npm packages.',
  zh: '按 DIGITS_NATIVE=0 的设置，不安装原生引擎：课程将使用 npm 软件包自带的 WebAssembly 引擎。',
};

const withoutNative = (machine: string) => ({
  en: `TensorFlow has no native engine for ${machine}: the lesson uses the WebAssembly engine, which comes with the npm packages.`,
  zh: `${machine} 上没有 TensorFlow 原生引擎：课程将使用 npm 软件包自带的 WebAssembly 引擎。`,
});

const ready = (worked: boolean) => ({
  en: worked
    ? 'Ready. npm start opens the lesson.'
    : 'Everything is already in place. npm start opens the lesson.',
  zh: worked ? '准备就绪。npm start 打开课程。' : '全部已经装好。npm start 打开课程。',
});

/** Runs the lesson on its real kernel in this terminal, without a browser. */
async function runInTerminal(language: Language): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await runLesson(language, stop.signal);
    return 0;
  } catch (error) {
    // The messages are written for people; the stack helps those who work on this program.
    console.error(process.env.DEBUG ? error : `\n${(error as Error).message}`);
    return 1;
  }
}

function show(files: readonly string[]): void {
  for (const file of files) console.log(relative(process.cwd(), file));
}
