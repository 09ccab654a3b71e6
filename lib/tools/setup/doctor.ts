/** `npm run doctor`: tells what is there, what is missing or broken, and the cure for each. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordedCause } from '../project/failure.mjs';
import { readJson, relativeToCwd } from '../project/files';
import { isNativeDisabled } from '../project/machine';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { pipSettings } from './packages/pip-settings';
import { fetchesUv, findPython, fits, interpreterOf, versionFits } from './packages/pythons';
import { describeSettings } from './packages/user-settings.mjs';
import { findUv } from './packages/uv';
import { lessonSteps } from './setup';
import { gaveUpFile, nativeSteps, wantsNative } from './steps/native';
import { packagesStep, updateOf } from './steps/packages';
import type { Site, Step } from './steps/step';
import { venvStep } from './steps/venv';

interface Finding extends Pick<Step, 'logs'> {
  readonly title: string;
  readonly there: boolean;
  /** Where it is, or what is wrong with it. */
  readonly seen?: string | undefined;
  /** Whether the lesson can run without it. */
  readonly optional?: boolean;
  /** Set-up, unless given. */
  readonly cure?: string | undefined;
}

/** Prints the findings. Returns the exit code: 1 when something that is needed is missing. */
export async function examine(site: Site): Promise<number> {
  const all = await findings(site);
  for (const { title, there, seen, optional, logs = [], cure = 'npm run setup' } of all) {
    const mark = there ? '✔' : optional ? '–' : '✖';
    console.log(`${mark} ${seen ? messages().setup.titled(title, seen) : title}`);
    if (there) continue;
    for (const log of logs) {
      const cause = recordedCause(join(projectRoot, 'build', 'setup', `${log}.log`));
      if (cause) console.log(`  ${cause}`);
    }
    console.log(`  → ${cure}`);
  }
  const missing = all.filter(({ optional, there }) => !optional && !there);
  for (const line of describeSettings([...(await pipSettings())])) console.log(line);
  return missing.length > 0 ? 1 : 0;
}

async function findings(site: Site): Promise<Finding[]> {
  const said = messages().setup.doctor;
  const native = wantsNative(site);
  const steps = native ? lessonSteps : lessonSteps.filter(step => !nativeSteps.includes(step));
  return [
    { title: 'Node', there: true, seen: `${process.versions.node} (${process.execPath})` },
    // It is there, or set-up's first step would not have come this far.
    { title: said.npmPackages, there: true, seen: join(projectRoot, 'node_modules') },
    await python(site),
    ...(await Promise.all(steps.map(step => find(step, site)))),
    ...(native ? [] : [webAssembly(site)]),
    notebooks(),
  ];
}

/** Finds saved notebooks that are no JSON, as after a merge conflict. Set-up keeps them: they hold a learner's work. */
function notebooks(): Finding {
  const said = messages().setup.doctor;
  const folder = join(projectRoot, 'notebooks');
  const saved = readdirSync(folder).filter(name => /^[^.]+\.(en|zh)\.ipynb$/.test(name));
  const isDamaged = (file: string) => !readJson<{ cells?: unknown[] }>(file)?.cells;
  const damaged = saved.map(name => relativeToCwd(join(folder, name))).filter(isDamaged);
  const there = damaged.length === 0;
  const seen = there ? folder : said.notebooksDamaged(damaged);
  return { title: said.notebooks, there, seen, cure: said.restoreNotebooks(damaged) };
}

/** Finds what a step of set-up is to bring. */
async function find(step: Step, site: Site): Promise<Finding> {
  const isGiven = !site.own && (step === venvStep || step === packagesStep);
  return {
    ...step,
    title: step.title(),
    there: await step.isDone(site),
    seen: await step.state?.(site),
    cure: isGiven ? updateOf(site.python.prefix) : undefined,
  };
}

async function python(site: Site): Promise<Finding> {
  const title = 'Python';
  const inside = await interpreterOf(site.python);
  if (inside && versionFits(inside.version)) return { title, there: true, seen: inside.version };
  try {
    const { version, executable } = await findPython((await findUv()) ? fits : fetchesUv);
    return { title, there: true, seen: `${version} (${executable})` };
  } catch (error) {
    return { title, there: false, cure: (error as Error).message };
  }
}

function webAssembly({ machine }: Site): Finding {
  const said = messages().setup.doctor;
  const [seen, cure] = machine.native
    ? [said.nativeGaveUp(gaveUpFile), said.nativeGaveUpCure]
    : isNativeDisabled()
      ? [said.nativeLeftOut, said.nativeLeftOutCure]
      : [machine.name, said.noNativeCure];
  return { title: messages().setup.engine, there: false, seen, optional: true, cure };
}
