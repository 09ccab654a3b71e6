/** Runs `npm run doctor`: reports the state of every component and the fix for problems. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, relativeToCwd } from 'command/machine/files';
import { isNativeDisabled } from 'command/machine/machine';
import { projectRoot } from 'command/machine/paths';
import { describeSettings } from 'command/npm/user-settings.mjs';
import type { Options } from 'command/options.mjs';
import { recordedCause } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import { pipSettings } from './packages/pip-settings';
import { canFetchUv, findPython, interpreterOf, isNewEnough, isValid } from './packages/pythons';
import { findUv } from './packages/uv';
import { contextOf } from './prepare';
import { lessonSteps } from './setup';
import { failureFile, nativeSteps, shouldSetUpNative } from './steps/native';
import { packagesStep, updateCommand } from './steps/packages';
import type { SetupContext, Step } from './steps/step';
import { venvStep } from './steps/venv';

interface Finding extends Pick<Step, 'logs'> {
  readonly title: string;
  readonly isPresent: boolean;
  /** The location or the problem. */
  readonly detail?: string | undefined;
  /** Whether the lesson can run without this component. */
  readonly optional?: boolean;
  /** Default: `npm run setup`. */
  readonly fix?: string | undefined;
}

/** Prints the findings. Returns the exit code: 1 if a required component is missing. */
export async function main(options: Options): Promise<number> {
  const context = contextOf(options, { thorough: true, checksums: true });
  const all = await findings(context);
  for (const { title, isPresent, detail, optional, logs = [], fix = 'npm run setup' } of all) {
    const mark = isPresent ? '✔' : optional ? '–' : '✖';
    console.log(`${mark} ${detail ? messages().setup.titled(title, detail) : title}`);
    if (isPresent) continue;
    for (const log of logs) {
      const cause = recordedCause(join(projectRoot, 'build', 'setup', `${log}.log`));
      if (cause) console.log(`  ${cause}`);
    }
    console.log(`  → ${fix}`);
  }
  const missing = all.filter(({ optional, isPresent }) => !optional && !isPresent);
  for (const line of describeSettings([...(await pipSettings())])) console.log(line);
  return missing.length > 0 ? 1 : 0;
}

async function findings(context: SetupContext): Promise<Finding[]> {
  const texts = messages().setup.doctor;
  const native = shouldSetUpNative(context);
  const steps = native ? lessonSteps : lessonSteps.filter(step => !nativeSteps.includes(step));
  return [
    { title: 'Node', isPresent: true, detail: `${process.versions.node} (${process.execPath})` },
    // Always present: bootstrap.mjs checks the packages before this runs.
    { title: texts.npmPackages, isPresent: true, detail: join(projectRoot, 'node_modules') },
    await checkPython(context),
    ...(await Promise.all(steps.map(step => checkStep(step, context)))),
    ...(native ? [] : [checkWebAssembly(context)]),
    checkNotebooks(),
  ];
}

/** Finds damaged notebooks, such as after a merge. Set-up never replaces them: they hold a learner's work. */
function checkNotebooks(): Finding {
  const texts = messages().setup.doctor;
  const folder = join(projectRoot, 'notebooks');
  const saved = readdirSync(folder).filter(name => /^[^.]+\.(en|zh)\.ipynb$/.test(name));
  const isDamaged = (file: string) => !readJson<{ cells?: unknown[] }>(file)?.cells;
  const damaged = saved.map(name => relativeToCwd(join(folder, name))).filter(isDamaged);
  const isPresent = damaged.length === 0;
  const detail = isPresent ? folder : texts.notebooksDamaged(damaged);
  return { title: texts.notebooks, isPresent, detail, fix: texts.restoreNotebooks(damaged) };
}

async function checkStep(step: Step, context: SetupContext): Promise<Finding> {
  const isExternal = !context.isOwn && (step === venvStep || step === packagesStep);
  return {
    ...step,
    title: step.title(),
    isPresent: await step.isDone(context),
    detail: await step.state?.(context),
    fix: isExternal ? updateCommand(context.python.prefix) : undefined,
  };
}

async function checkPython(context: SetupContext): Promise<Finding> {
  const title = 'Python';
  const interpreter = await interpreterOf(context.python);
  if (interpreter && isNewEnough(interpreter.version))
    return { title, isPresent: true, detail: interpreter.version };
  try {
    const { version, executable } = await findPython((await findUv()) ? isValid : canFetchUv);
    return { title, isPresent: true, detail: `${version} (${executable})` };
  } catch (error) {
    return { title, isPresent: false, fix: (error as Error).message };
  }
}

function checkWebAssembly({ machine }: SetupContext): Finding {
  const texts = messages().setup.doctor;
  const [detail, fix] = machine.native
    ? [texts.nativeGaveUp(failureFile), texts.nativeGaveUpCure]
    : isNativeDisabled()
      ? [texts.nativeLeftOut, texts.nativeLeftOutCure]
      : [machine.name, texts.noNativeCure];
  return { title: messages().setup.engine, isPresent: false, detail, optional: true, fix };
}
