/** `npx tfjs-graph addon`. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { addonFile, type BuildConfig } from './build-config';
import { addonTrouble, type Trouble } from './build-stamp';
import { type News, withZig } from './compiler';
import { machineName, WITH_LIBRARIES } from './machine';
import { makeAddon } from './make';
import { AddonError, type Children } from './process';
import { provideLibraries } from './tensorflow';

interface AddonOptions {
  /** The folder of an installed TensorFlow. */
  readonly tensorflow: string | undefined;
  readonly python: string | undefined;
  readonly force: boolean;
}

/**
 * Makes the addon of each package of TensorFlow.js that a project has.
 *
 * @param project its folder, or one in it.
 * @throws AddonError if that cannot be done.
 */
export async function makeAddons(
  project: string,
  options: AddonOptions,
  { run }: Children,
  say: (line: string) => void,
): Promise<void> {
  const machine = machineName();
  if (!(machine in WITH_LIBRARIES)) {
    throw new AddonError(
      `Expected a machine for which PyPI has TensorFlow's libraries (${Object.keys(WITH_LIBRARIES).join(', ')}) but this is ${machine}. Use @tensorflow/tfjs-backend-wasm here: fit trains with it, too.`,
    );
  }
  for (const tfjs of findTfjs(project)) {
    const { tensorflow: given, python, force } = options;
    const libraries = await provideLibraries(tfjs.folder, {
      ...{ machine, given, python, run, say },
    });
    const config = configFor(tfjs, libraries);
    const addon = addonFile(tfjs.folder);
    const trouble = addonTrouble(config);
    if (!trouble && !force) {
      say(
        `${tfjs.name}: its addon is there already, for ${libraries.spec} (--force makes it anew)`,
      );
      continue;
    }
    if (trouble && trouble.code !== 'missing') say(`${tfjs.name}: ${inWords(trouble)}`);
    const compiler = await makeAddon(config, {
      run,
      withZig: compile => withZig(machine, { python, run }, compile),
      tell: news => say(newsInWords(news)),
    });
    say(`${tfjs.name}: compiled by ${compiler} for ${libraries.spec}, and loaded: ${addon}`);
  }
}

/** The addon finds the libraries from where it is, so that the project's folder may be moved. */
function configFor(
  { folder: tfjs }: TfjsPackage,
  { folder, spec }: { readonly folder: string; readonly spec: string },
): BuildConfig {
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const path = relative(dirname(addonFile(tfjs)), folder);
  return { tfjs, tensorflow: folder, version: spec, runPath: `${origin}/${path}` };
}

const NAMES = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

interface TfjsPackage {
  readonly name: string;
  readonly folder: string;
}

/**
 * Finds the packages for whose addon a project asks, as Node would find them.
 *
 * @throws AddonError if it has none, or where one can be neither read nor written to.
 */
function findTfjs(project: string): TfjsPackage[] {
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

function inWords(trouble: Trouble): string {
  switch (trouble.code) {
    case 'missing':
      return 'it has no addon yet';
    case 'no-record':
      return 'its addon was not made by this command';
    case 'other-version':
      return `its addon was made for ${trouble.from}, but there is ${trouble.to}`;
    case 'other-source':
      return 'its addon was made from other source code';
    case 'other-folders':
      return 'its addon was made in other folders';
    case 'changed':
      return 'its addon is incomplete or was changed';
  }
}

function newsInWords(news: News): string {
  switch (news.code) {
    case 'compiling':
      return `Compiling with ${news.compiler}, up to a minute`;
    case 'compiler-failed':
      return `${news.compiler} failed: fetching and compiling with ziglang, about two minutes`;
    case 'no-compiler':
      return 'No C++ compiler here: fetching and compiling with ziglang, about two minutes';
  }
}
