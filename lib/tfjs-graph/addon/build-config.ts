/** The sources of TensorFlow.js's addon, the compiler's arguments, and the record of what was built. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface BuildConfig {
  /** The folder of `@tensorflow/tfjs-node` or `-gpu`. */
  readonly tfjs: string;
  /** The folder of TensorFlow's libraries and of their headers, in `include`. */
  readonly tensorflow: string;
  /** Their package, such as `tensorflow-cpu==2.20.0`. */
  readonly version: string | undefined;
  /** The folder in which the loaded addon looks for them; may start with `$ORIGIN`. */
  readonly runPath: string;
}

const headers = dirname(require.resolve('node-api-headers/package.json'));

/** Returns where a package of TensorFlow.js looks for its addon, as it asks itself. */
export function addonFile(tfjs: string): string {
  const manifest = join(tfjs, 'package.json');
  return createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
}

export const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

const bindingOf = (tfjs: string) => join(tfjs, 'binding');

/** Lists a folder's files with an ending, in the order of their names. */
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter(name => ending.test(name))
    .sort()
    .map(name => join(folder, name));

/** Lists what we add to the addon: our own ops, and the configuration of sessions. */
const ownSources = (ending: RegExp): string[] => filesIn(join(__dirname, '..', 'ops'), ending);

export const sourcesOf = ({ tfjs }: BuildConfig): string[] => [
  ...filesIn(bindingOf(tfjs), /\.cc$/),
  ...ownSources(/\.cc$/),
];

export function compilerFlags({ tfjs, tensorflow }: BuildConfig): string[] {
  const folders = [bindingOf(tfjs), join(headers, 'include'), join(tensorflow, 'include')];
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8'],
    // The addon's call goes to the function in session-config.cc instead.
    '-DTF_LoadSessionFromSavedModel=LoadSessionWithConfig',
    ...folders.flatMap(folder => ['-I', folder]),
  ];
}

export function linkerFlags({ tensorflow, runPath }: BuildConfig): string[] {
  const apple = process.platform === 'darwin';
  const library = (name: string) =>
    join(tensorflow, apple ? `lib${name}.2.dylib` : `lib${name}.so.2`);
  return [
    '-shared',
    // Node's own functions are found when it loads the addon.
    ...(apple ? ['-undefined', 'dynamic_lookup'] : []),
    ...[library('tensorflow_cc'), library('tensorflow_framework')],
    ...['-Xlinker', '-rpath', '-Xlinker', runPath], // a comma in the path would end -Wl's
  ];
}

/** A reason to build an addon anew. The versions are such as `tensorflow-cpu==2.20.0, tfjs 4.22.0`. */
export type Trouble =
  | { readonly code: 'missing' }
  /** It was made by others, or whoever made it did not come to the end. */
  | { readonly code: 'no-record' }
  | { readonly code: 'other-version'; readonly from: string; readonly to: string }
  | { readonly code: 'other-source' }
  | { readonly code: 'other-folders' }
  /** It is not the file that was made. */
  | { readonly code: 'changed' };

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

export const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

/** What an addon is built from. */
const factsOf = (config: BuildConfig) => ({
  version: config.version,
  tfjs: versionIn(config.tfjs),
  headers: versionIn(headers),
  flags: [...compilerFlags(config), ...linkerFlags(config)],
  source: ownSources(/\.(cc|h)$/)
    .map(sha256)
    .join(),
});

/** Returns the record of a new addon as text. */
export const recordOf = (config: BuildConfig, addon: string): string =>
  `${JSON.stringify({ ...factsOf(config), sha256: sha256(addon) }, undefined, 2)}\n`;

/** Tells what is wrong with the addon; `undefined` if it is what the config gives. */
export function addonTrouble(config: BuildConfig): Trouble | undefined {
  const addon = addonFile(config.tfjs);
  if (!existsSync(addon)) return { code: 'missing' };
  const made = read(recordFile(addon));
  if (!made) return { code: 'no-record' };
  const { sha256: whole, ...before } = made;
  const now = factsOf(config);
  if (JSON.stringify(before) !== JSON.stringify(now)) {
    const [from = '', to = ''] = [before, now].map(
      ({ version, tfjs }) => `${version}, tfjs ${tfjs}`,
    );
    if (from !== to) return { code: 'other-version', from, to };
    return { code: before.source === now.source ? 'other-folders' : 'other-source' };
  }
  return sha256(addon) === whole ? undefined : { code: 'changed' };
}

function read(file: string): (ReturnType<typeof factsOf> & { sha256: string }) | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
