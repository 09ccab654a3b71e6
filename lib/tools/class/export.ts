/** `npm run export`: the exercises for those who hand out and mark elsewhere. */
import { join } from 'node:path';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Options } from '../options.mjs';
import { Failure } from '../project/failure.mjs';
import { messages } from '../project/messages';
import { workFolder } from '../project/paths';
import { writeAssignment } from './nbgrader';

/**
 * Writes the exercises, or those of `only`, in the form that is asked for.
 *
 * @returns what was written.
 * @throws Failure if there is no exercise of a number.
 */
export async function exportExercises({ folder, language, only }: Options): Promise<string[]> {
  const chosen = choose(only);
  const name = ['exercises', language, ...(only ? chosen.map(({ id }) => id) : [])].join('-');
  return writeAssignment(folder ?? join(workFolder, 'build', 'nbgrader'), name, language, chosen);
}

function choose(only?: readonly string[]): readonly Exercise[] {
  // Only here, since it loads TensorFlow.js.
  const { exercises }: typeof import('digits/exercises') = require('digits/exercises');
  const ids = exercises.map(({ id }) => id);
  const unknown = only?.find(id => !ids.includes(id));
  if (unknown !== undefined) throw new Failure(messages().class.unknown(unknown, ids));
  return exercises.filter(({ id }) => only?.includes(id) ?? true);
}
