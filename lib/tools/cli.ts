/** What the commands of `options.mjs` do, once the npm packages are there. */
import { relative } from 'node:path';
import type { Language } from 'digits/language';
import { openLab } from './lab';
import { isTier, type Options } from './options.mjs';
import { examine } from './setup/doctor';
import { setUp, siteOf } from './setup/setup';
import { runTests } from './tests';

/** Does what a command asks for. Returns the exit code; failures are shown by `bootstrap.mjs`. */
export async function main(options: Options): Promise<number> {
  const site = siteOf(options);
  if (options.command === 'doctor') return examine(site, options.language);

  if (!site.machine.native) console.log(withoutNative(site.machine.name)[options.language]);
  const worked = await setUp(site, options);
  if (isTier(options.command)) {
    return runTests(options.command, options.rest, site.python.prefix);
  }
  if (options.command === 'start') return openLab(site, options);
  if (options.command === 'lesson') return runInTerminal(options.language, site.python.prefix);
  if (options.command === 'html' || options.command === 'slides') {
    return writeFiles(options.command, site.python.prefix);
  }
  console.log(ready(worked)[options.language]);
  return 0;
}

const withoutNative = (machine: string) => ({
  en: `TensorFlow’s native engine is not to be had on ${machine}: the lesson runs on the WebAssembly engine, which npm brings along.`,
  zh: `${machine} 上没有 TensorFlow 原生引擎：课程将使用 npm 自带的 WebAssembly 引擎。`,
});

const ready = (worked: boolean) => ({
  en: worked
    ? 'Ready. npm start opens the lesson.'
    : 'Everything is there already. npm start opens the lesson.',
  zh: worked ? '准备就绪。npm start 打开课程。' : '一切早已就绪。npm start 打开课程。',
});

/** The lesson without a browser: the real kernel, in this terminal. */
async function runInTerminal(language: Language, prefix: string): Promise<number> {
  process.env.DIGITS_PYTHON_PREFIX = prefix;
  // Loaded when it is wanted: set-up itself stands on nothing outside its folder.
  const { runLesson } = require('./publish/run-lesson') as typeof import('./publish/run-lesson');
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

/** The saved notebooks as pages or as slides. */
async function writeFiles(kind: 'html' | 'slides', prefix: string): Promise<number> {
  process.env.DIGITS_PYTHON_PREFIX = prefix;
  // Loaded when it is wanted, as above.
  const pages = require('./publish/pages') as typeof import('./publish/pages');
  const files = kind === 'html' ? await pages.writePages() : await pages.writeSlides();
  for (const file of files) console.log(relative(process.cwd(), file));
  return 0;
}
