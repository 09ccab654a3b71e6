/** Runs `npm run export`: exports the exercises to other learning platforms. */
import { join } from 'node:path';
import { printPaths } from 'command/machine/files';
import { type PythonEnvironment, workFolder } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import { prepare } from 'lab/setup/prepare';
import { buildSite, isStale, siteFolder } from 'publish/site/build';
import { writeAssignment } from './nbgrader';
import { writePackage } from './scorm/package';

export async function main(options: Options): Promise<void> {
  const extras = options.form === 'scorm' ? (['site'] as const) : [];
  const { python } = await prepare(options, { extras });
  printPaths(await exportExercises(options, python));
}

/** Writes the selected exercises in the requested format. Returns the written files. */
export async function exportExercises(options: Options, python: PythonEnvironment) {
  // Loaded lazily, because exercises load TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const { form = '', language, exercises: ids, folder = join(workFolder, 'build', form) } = options;
  const knownIds = exercises.map(({ id }) => id);
  const unknown = ids?.find(id => !knownIds.includes(id));
  if (unknown !== undefined) throw new Failure(messages().class.unknown(unknown, knownIds));
  const selected = exercises.filter(({ id }) => ids?.includes(id) ?? true);
  const name = ['exercises', language, ...(ids ?? [])].join('-');
  if (form === 'nbgrader') return writeAssignment(folder, name, language, selected);
  if (isStale(siteFolder)) await buildSite(python);
  return writePackage(siteFolder, join(folder, `${name}.zip`), language, selected);
}
