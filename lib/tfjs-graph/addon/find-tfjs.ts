import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AddonError } from './addon-error';

const NAMES = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

/** A package of TensorFlow.js that has an addon. */
export interface TfjsPackage {
  readonly name: string;
  readonly folder: string;
}

/**
 * Finds the packages for whose addon a project asks, as Node would find them.
 *
 * @throws AddonError where it has none, or where one can be neither read nor written to.
 */
export function findTfjs(project: string): TfjsPackage[] {
  const { resolve } = createRequire(join(project, 'package.json'));
  const found = NAMES.flatMap(name => {
    try {
      return [{ name, folder: dirname(resolve(`${name}/package.json`)) }];
    } catch {
      return [];
    }
  });
  if (found.length === 0) {
    throw new AddonError(
      `Expected ${NAMES.join(' or ')} in the project ${project} but found neither. Install one first, without its installer:\n  npm install --ignore-scripts @tensorflow/tfjs-node`,
    );
  }
  for (const each of found) check(each);
  return found;
}

function check({ name, folder }: TfjsPackage): void {
  if (!existsSync(join(folder, 'binding', 'tfjs_binding.cc'))) {
    throw new AddonError(
      `Expected the source of the addon in ${join(folder, 'binding')} but it is not there. Install ${name} anew: npm install --ignore-scripts ${name}`,
    );
  }
  for (const each of [folder, join(folder, 'lib'), join(folder, 'deps')]) {
    try {
      if (each !== folder) mkdirSync(each, { recursive: true });
      accessSync(each, constants.W_OK);
    } catch (error) {
      throw new AddonError(
        `Expected to be allowed to write to ${each}, where ${name} keeps its addon and libraries, but: ${(error as Error).message}\nRun this as the user who owns that folder.`,
      );
    }
  }
}
