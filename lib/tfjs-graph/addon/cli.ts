/** The program `tfjs-graph`. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../errors';
import { program as said } from '../messages/en';
import { machineName, provideLibraries, WITH_LIBRARIES } from './libraries';
import { addonFile, addonTrouble, type BuildConfig, makeAddon, versionIn } from './make';
import { AddonError, Interrupted, type Run, runsUntil } from './process';
import { type Fetch, fetchPackages, findPython } from './pypi';

const WRONG_ARGUMENTS = 2;
const INTERRUPTED = 130;

const parsed = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      tensorflow: { type: 'string' },
      python: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
type Options = ReturnType<typeof parsed>['values'];

/** @returns the exit code. */
async function main(args: string[]): Promise<number> {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(args);
  } catch (error) {
    return refuse((error as Error).message);
  }
  const { values, positionals } = given;
  if (values.help) return tell(said.help);
  if (values.version) return tell(`${versionIn(join(__dirname, '..'))}\n`);
  const [command, ...others] = positionals;
  if (command === undefined) return refuse(said.noCommand);
  if (command !== 'addon' || others.length > 0) {
    return refuse(said.otherCommand(positionals.join(' ')));
  }
  return addon(values);
}

async function addon(options: Options): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.abort());
  }
  try {
    await makeAddons(process.cwd(), options, runsUntil(stop.signal));
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      process.stderr.write(said.interrupted);
      return INTERRUPTED;
    }
    const isMendable = error instanceof AddonError || 'syscall' in (error as object);
    process.stderr.write(`${isMendable ? (error as Error).message : (error as Error).stack}\n`);
    return 1;
  }
}

function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n\n${said.help}`);
  return WRONG_ARGUMENTS;
}

const say = (line: string) => tell(`${line}\n`);

/**
 * Makes the addon of each package of TensorFlow.js that a project has.
 *
 * @param project its folder, or one in it.
 * @throws AddonError if that cannot be done.
 */
async function makeAddons(
  project: string,
  { tensorflow: given, python, force }: Options,
  run: Run,
): Promise<void> {
  const machine = machineName();
  if (!(machine in WITH_LIBRARIES)) {
    throw new AddonError(said.noMachine(Object.keys(WITH_LIBRARIES).join(', '), machine));
  }
  const fetch: Fetch = (specs, folder) => fetchPackages(specs, folder, python, run);
  for (const { name, folder: tfjs } of findTfjs(project)) {
    const libraries = await provideLibraries(tfjs, { machine, given, fetch, say });
    const { spec } = libraries;
    const config = configFor(tfjs, libraries);
    const addon = addonFile(tfjs);
    const trouble = addonTrouble(config);
    if (!trouble && !force) {
      say(said.thereAlready(name, spec));
      continue;
    }
    if (trouble && trouble.code !== 'missing') say(`${name}: ${messageOf(said.trouble, trouble)}`);
    const compiler = await makeAddon(config, {
      run,
      fetch,
      python: () => findPython(python),
      tell: (news, compiler) => say(said.news[news](compiler)),
    });
    say(said.compiled(name, compiler, spec, addon));
  }
}

/** The addon finds the libraries from where it is, so that the project's folder may be moved. */
function configFor(
  tfjs: string,
  { folder, spec }: { readonly folder: string; readonly spec: string },
): BuildConfig {
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const path = relative(dirname(addonFile(tfjs)), folder);
  return {
    tfjs,
    machine: machineName(),
    tensorflow: folder,
    version: spec,
    runPath: `${origin}/${path}`,
  };
}

const NAMES = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'];

/**
 * Finds the packages for whose addon a project asks, as Node would find them.
 *
 * @throws AddonError if it has none, or where one can be neither read nor written to.
 */
function findTfjs(project: string): { name: string; folder: string }[] {
  const { resolve } = createRequire(join(project, 'package.json'));
  const found = NAMES.flatMap(name => {
    try {
      return [{ name, folder: dirname(resolve(`${name}/package.json`)) }];
    } catch {
      return [];
    }
  });
  if (found.length === 0) throw new AddonError(said.noTfjs(NAMES.join(' or '), project));
  for (const { name, folder } of found) check(name, folder);
  return found;
}

function check(name: string, folder: string): void {
  const source = join(folder, 'binding');
  if (!existsSync(join(source, 'tfjs_binding.cc'))) {
    throw new AddonError(said.noSource(source, name));
  }
  for (const each of [folder, join(folder, 'lib'), join(folder, 'deps')]) {
    try {
      if (each !== folder) mkdirSync(each, { recursive: true });
      accessSync(each, constants.W_OK);
    } catch (error) {
      throw new AddonError(said.unwritable(each, name, (error as Error).message));
    }
  }
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
