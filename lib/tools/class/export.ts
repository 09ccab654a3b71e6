/** `npm run export`: the exercises for those who hand out and mark elsewhere. */
import { join } from 'node:path';
import type { Options } from '../options.mjs';
import { Failure } from '../project/failure.mjs';
import { messages } from '../project/messages';
import { type PythonEnvironment, workFolder } from '../project/paths';
import { buildSite, isStale, siteFolder } from '../site/build';
import { writeAssignment } from './nbgrader';
import { writePackage } from './scorm/package';

/** Writes the exercises, or those that are named, in the form that is asked for, and returns what was written. */
export async function exportExercises(options: Options, python: PythonEnvironment) {
  // Only here, since it loads TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const { form = '', language, exercises: ids, folder = join(workFolder, 'build', form) } = options;
  const known = exercises.map(({ id }) => id);
  const unknown = ids?.find(id => !known.includes(id));
  if (unknown !== undefined) throw new Failure(messages().class.unknown(unknown, known));
  const chosen = exercises.filter(({ id }) => ids?.includes(id) ?? true);
  const name = ['exercises', language, ...(ids ?? [])].join('-');
  if (form === 'nbgrader') return writeAssignment(folder, name, language, chosen);
  if (isStale(siteFolder)) await buildSite(python);
  return writePackage(siteFolder, join(folder, `${name}.zip`), language, chosen);
}
