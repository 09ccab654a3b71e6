/** Runs the commands of `options.mjs` after the npm packages are installed. */
import { exportExercises } from './class/export';
import { assertAllowed, classroomSteps, openClassroom } from './classroom/classroom';
import { openLab } from './lab/open';
import { isTier, type Options } from './options.mjs';
import { canWrite } from './project/disk.mjs';
import { Failure } from './project/failure.mjs';
import { relativeToCwd } from './project/files';
import { copyNotebooks } from './project/jupyter';
import { isNativeDisabled } from './project/machine';
import { messages } from './project/messages';
import { isShared, projectRoot, workFolder } from './project/paths';
import { shutdownSignal } from './project/shutdown-signals';
import { runLesson, writePages, writeSlides } from './publish/lesson';
import { writeReport } from './report/report';
import { runDoctor } from './setup/doctor';
import type { Extra } from './setup/packages/requirements';
import { createContext, lessonSteps, setUp } from './setup/setup';
import { buildSite, siteFolder } from './site/build';
import { serveSite } from './site/server';
import { runTests } from './tests';

/** Runs a command and returns the exit code. `bootstrap.mjs` prints failures. */
export async function main(options: Options): Promise<number> {
  const { command, language, prefix, rest } = options;
  const texts = messages().cli;
  if (isShared && !canWrite(workFolder)) {
    throw new Failure(messages().project.noFolder(projectRoot, workFolder));
  }
  const isClassroom = command === 'classroom';
  if (isClassroom) assertAllowed(); // fail before set-up starts
  const context = createContext({
    prefix,
    extras: extrasOf(options),
    thorough: command === 'setup' || command === 'doctor',
    checksums: command === 'doctor',
  });
  if (command === 'doctor') return runDoctor(context);

  const { machine, python } = context;
  if (!machine.native) {
    console.log(isNativeDisabled() ? texts.nativeLeftOut : texts.noNative(machine.name));
  }
  const hasChanges = await setUp(context, [...lessonSteps, ...(isClassroom ? classroomSteps : [])]);
  // Subprocesses use this environment.
  process.env.DIGITS_PYTHON_PREFIX = python.prefix;
  if (isTier(command)) return runTests(command, rest);
  if (isClassroom) {
    if (options.prepare) console.log(messages().classroom.ready);
    else await openClassroom(python, options);
    return 0;
  }
  if (isShared && /^(start|lesson)$/.test(command)) {
    console.log(texts.copies(await copyNotebooks()));
  }
  if (command === 'start') return openLab(python, options);
  if (command === 'lesson') {
    if (!options.html && !options.slides) await runLesson(language, shutdownSignal());
    if (options.html) show(await writePages());
    if (options.slides) show(await writeSlides());
  } else if (command === 'export') {
    show(await exportExercises(options, python));
  } else if (command === 'site') {
    await buildSite(python, { api: options.api });
    show([siteFolder]);
    if (options.serve) await serveSite(siteFolder, options.port);
  } else if (command === 'report') {
    show(await writeReport(rest, language));
  } else {
    console.log(hasChanges ? texts.ready : texts.readyBefore);
  }
  return 0;
}

function extrasOf({ command, form }: Options): readonly Extra[] {
  if (isTier(command)) return ['test', 'classroom', 'site'];
  if (form === 'scorm') return ['site'];
  return command === 'site' || command === 'classroom' ? [command] : [];
}

function show(files: readonly string[]): void {
  for (const file of files) console.log(relativeToCwd(file));
}
