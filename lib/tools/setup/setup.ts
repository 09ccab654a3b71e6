/** Set-up: its steps in their order, those that are not done yet. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, type Language, same, type Text } from '../project/failure.mjs';
import { isHeld, waitingFor, withLock } from '../project/lock.mjs';
import { thisMachine } from '../project/machine';
import { givenPrefix, ownPrefix, projectRoot, pythonEnvironment } from '../project/paths';
import { interpreterOf } from '../project/python';
import { type Extra, readEnvironment } from './packages/environment-yml';
import { configFile, ownCache } from './packages/uv';
import { runSteps } from './run-steps';
import { addonStep } from './steps/addon';
import { kernelStep } from './steps/kernel';
import { orWebAssembly, tryNativeAgain, wantsNative } from './steps/or-web-assembly';
import { missingPackages, packagesStep } from './steps/packages';
import type { Site, Step } from './steps/step';
import { installedWhole, tensorflowStep, unfinished } from './steps/tensorflow';
import { venvStep } from './steps/venv';

export const steps: readonly Step[] = [
  venvStep,
  packagesStep,
  orWebAssembly(tensorflowStep),
  orWebAssembly(addonStep),
  kernelStep,
];

/** What a command wants of set-up. */
export interface Wanted {
  /** The folder of a Python environment; the one that the shell names, or `.venv`, unless given. */
  readonly prefix?: string | undefined;
  /** The occasions whose packages it needs too. */
  readonly extras?: readonly Extra[];
  /** Whether each file of the Python packages is looked for. */
  readonly thorough?: boolean;
}

/** Returns what set-up works on: this machine and a Python environment. */
export function siteOf({ prefix = givenPrefix(), extras = [], thorough = false }: Wanted): Site {
  const own = prefix === undefined || prefix === ownPrefix;
  return {
    machine: thisMachine(),
    python: pythonEnvironment(prefix),
    own,
    environment: readEnvironment(),
    extras,
    thorough,
  };
}

/** Sets up what is missing, and returns whether anything was. */
export async function setUp(site: Site, language: Language): Promise<boolean> {
  if (site.thorough) tryNativeAgain();
  if (await allDone(steps, site)) {
    // What one that is at work now has there is not left.
    if (LEFT.some(existsSync) && !isHeld(LOCK)) await runAlone([], site, language);
    return false;
  }
  const size = await download(site);
  if (size) console.log(size[language]);
  await runAlone(steps, site, language);
  if (await allDone(steps, site)) return true;
  throw new Failure({
    en: 'Set-up has run, but something is still missing. npm run doctor says what.',
    zh: '安装过了，但仍缺少一些东西。请运行 npm run doctor 查看。',
  });
}

/** What a set-up works with, up to 2 GB, which one that is cut off leaves. */
const LEFT = [ownCache, configFile, ...unfinished];

const LOCK = join(projectRoot, 'build', 'setup', 'lock');

/** Runs the steps that are not done, once no other set-up is at work here, and clears up. */
export function runAlone(steps: readonly Step[], site: Site, language: Language): Promise<void> {
  return withLock(
    LOCK,
    async () => {
      if (steps.length > 0) await runSteps(steps, site, language);
      for (const folder of LEFT) rmSync(folder, { recursive: true, force: true });
    },
    pid => console.log(waitingFor(pid)[language]),
  );
}

/** Says what is still to be downloaded, where it is much; `undefined` where it is little. */
async function download(site: Site): Promise<Text | undefined> {
  const { machine, own, python } = site;
  const inside = await interpreterOf(python);
  const missing = own ? missingPackages(site, inside?.packages ?? '') : [];
  const lacks = (wanted: string) => missing.some(({ name }) => name === wanted);
  const whole = lacks('tensorflow-cpu');
  const libraries =
    wantsNative(site) &&
    // The tests' whole wheel has them, too.
    !(whole && !machine.gpu) &&
    !(await installedWhole(site)) &&
    !(await tensorflowStep.isDone(site));
  const parts: [boolean, number, Text][] = [
    [lacks('jupyterlab'), 80, same('Jupyter')],
    [libraries, machine.gpu ? 3_000 : 260, same(machine.gpu ? 'TensorFlow, CUDA' : 'TensorFlow')],
    [
      whole,
      380,
      {
        en: 'Keras on TensorFlow and other tools for the tests',
        zh: '测试所用的 Keras（TensorFlow）等工具',
      },
    ],
  ];
  const wanted = parts.filter(([isWanted]) => isWanted);
  if (wanted.length === 0) return undefined;
  const size = wanted.reduce((sum, [, megabytes]) => sum + megabytes, 0);
  const names = (language: Language) => wanted.map(([, , name]) => name[language]);
  return {
    en: `To download, about ${size} MB: ${names('en').join('; ')}.`,
    zh: `需下载约 ${size} MB：${names('zh').join('；')}。`,
  };
}

/** Tells whether nothing is left to do. */
export async function allDone(steps: readonly Step[], site: Site): Promise<boolean> {
  for (const step of steps) if (!(await step.isDone(site))) return false;
  return true;
}
