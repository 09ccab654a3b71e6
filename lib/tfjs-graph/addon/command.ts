/** `npx tfjs-graph addon`. */
import { dirname, relative } from 'node:path';
import { AddonError } from './addon-error';
import { addonFile, type Recipe } from './build-config';
import { addonTrouble, type Trouble } from './build-stamp';
import type { Children } from './child';
import type { News } from './compiler';
import { findTfjs, type TfjsPackage } from './find-tfjs';
import { machineName, WITH_LIBRARIES } from './machine';
import { makeAddon } from './make';
import { provideLibraries } from './tensorflow';
import { withZig } from './zig';

export interface AddonOptions {
  /** The folder of an installed TensorFlow. */
  readonly tensorflow: string | undefined;
  readonly python: string | undefined;
  readonly force: boolean;
}

/**
 * Makes the addon of each package of TensorFlow.js that a project has.
 *
 * @param project its folder, or one in it.
 * @throws AddonError where that cannot be done.
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
    const recipe = recipeFor(tfjs, libraries);
    const addon = addonFile(tfjs.folder);
    const trouble = addonTrouble(recipe);
    if (!trouble && !force) {
      say(
        `${tfjs.name}: its addon is there already, for ${libraries.spec} (--force makes it anew)`,
      );
      continue;
    }
    if (trouble && trouble.code !== 'missing') say(`${tfjs.name}: ${inWords(trouble)}`);
    const compiler = await makeAddon(recipe, {
      run,
      withZig: compile => withZig(machine, { python, run }, compile),
      tell: news => say(newsInWords(news)),
    });
    say(`${tfjs.name}: compiled by ${compiler} for ${libraries.spec}, and loaded: ${addon}`);
  }
}

/** The addon finds the libraries from where it is, so that the project's folder may be moved. */
function recipeFor(
  { folder: tfjs }: TfjsPackage,
  { folder, spec }: { readonly folder: string; readonly spec: string },
): Recipe {
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const path = relative(dirname(addonFile(tfjs)), folder);
  return { tfjs, tensorflow: folder, version: spec, runPath: `${origin}/${path}` };
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
