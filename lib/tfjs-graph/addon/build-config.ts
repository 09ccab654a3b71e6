/** The sources of TensorFlow.js's addon, and the compiler's arguments. */
import { readdirSync, readFileSync } from 'node:fs';
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

export const headersVersion = (): string => versionIn(headers);

const bindingOf = (tfjs: string) => join(tfjs, 'binding');

/** Lists a folder's files with an ending, in the order of their names. */
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter(name => ending.test(name))
    .sort()
    .map(name => join(folder, name));

/** Lists what we add to the addon: our own ops, and the configuration of sessions. */
export const ownSources = (ending = /\.(cc|h)$/): string[] =>
  filesIn(join(__dirname, '..', 'ops'), ending);

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
