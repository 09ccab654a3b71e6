/** Installs the Python packages. Checks them by their metadata folders, `name-version.dist-info`. */
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJson, writeJson } from 'command/machine/files';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import type { Report } from 'command/processes/run-logged';
import { itemAt } from 'digits/item-at';
import { type Interpreter, interpreterAt, interpreterOf } from '../packages/pythons';
import { lockArgs, type Requirement, requirements } from '../packages/requirements';
import { Uv } from '../packages/uv';
import type { SetupContext, Step } from './step';
import { isUsable, venvStep } from './venv';

/** Records the specs of a complete installation, including dependencies. */
const recordFile = ({ python }: SetupContext) => join(python.prefix, 'digits-packages.json');

const installedSpecs = (context: SetupContext): string[] =>
  readJson<{ specs: string[] }>(recordFile(context))?.specs ?? [];

const requiredBy = ({ machine, extras }: SetupContext) => requirements(machine, extras);

/** Returns the required packages that are not installed in the exact version. */
function missingPackages(context: SetupContext, folder: string): Requirement[] {
  const installed = installedPackages(folder);
  return requiredBy(context).filter(({ name, version }) => !installed.has(distInfo(name, version)));
}

/** Installs `environment.yml`'s pip list into `.venv`. The user's own environment must already contain the packages. */
export const packagesStep: Step = {
  title: () => messages().setup.packages,
  needs: [venvStep],
  async isDone(context) {
    const interpreter = await interpreterOf(context.python);
    if (!interpreter || missingPackages(context, interpreter.packages).length > 0) return false;
    if (!context.isOwn) return true;
    if (context.thorough && brokenPackages(interpreter.packages).length > 0) return false;
    const installed = installedSpecs(context);
    return requiredBy(context).every(({ spec }) => installed.includes(spec));
  },
  async run(context, report) {
    const interpreter = await interpreterAt(context.python.prefix);
    if (!context.isOwn) return installExtras(context, interpreter, report);

    const { packages: folder } = interpreter;
    const broken = brokenPackages(folder);
    // With metadata, pip would treat broken packages as installed.
    for (const info of broken) rmSync(join(folder, info), { recursive: true });
    await install(context, requiredBy(context), interpreter, report, broken.map(packageName));
    const specs = [...requiredBy(context).map(({ spec }) => spec), ...installedSpecs(context)];
    writeJson(recordFile(context), { specs: [...new Set(specs)] });
    return describeCount(folder, broken);
  },
  async state(context) {
    const interpreter = await interpreterOf(context.python);
    // A broken environment's Python may list the system's packages.
    if (!interpreter || !isUsable(context, interpreter)) return undefined;
    const { packagesMissing, packagesBroken, both } = messages().setup.doctor;
    const missing = missingPackages(context, interpreter.packages).map(({ spec }) => spec);
    const broken = context.isOwn ? brokenPackages(interpreter.packages).map(packageName) : [];
    return both([
      ...(missing.length > 0 ? [packagesMissing(missing)] : []),
      ...(broken.length > 0 ? [packagesBroken(broken)] : []),
    ]);
  },
  logs: ['packages'],
};

const describeCount = (folder: string, repaired: readonly string[] = []): string =>
  messages().setup.packagesThere(installedPackages(folder).size, repaired.map(packageName));

async function install(
  { python, isOwn: own, extras }: SetupContext,
  required: readonly Requirement[],
  interpreter: Interpreter,
  report: Report,
  broken?: readonly string[],
): Promise<void> {
  // The user's environment may have other versions, and the benchmark's builds differ by machine.
  const options = own && !extras.includes('bench') ? lockArgs : [];
  const uv = await Uv.ready(report, interpreter);
  await uv.install(
    ['--python', python.prefix, ...options, ...required.map(({ spec }) => spec)],
    { title: messages().setup.packages, log: 'packages' },
    report,
    broken,
  );
}

async function installExtras(
  context: SetupContext,
  interpreter: Interpreter,
  report: Report,
): Promise<string> {
  const { packages: folder } = interpreter;
  const base = missingPackages({ ...context, extras: [] }, folder);
  if (base.length > 0) {
    const { prefix } = context.python;
    const names = base.map(({ spec }) => spec);
    throw new Failure(messages().setup.environmentLacks(prefix, names, updateCommand(prefix)));
  }
  await install(context, missingPackages(context, folder), interpreter, report);
  return describeCount(folder);
}

/** Returns the command that updates the user's environment. */
export const updateCommand = (prefix: string): string =>
  `conda env update --file environment.yml --prefix ${prefix}`;

/** Returns the name of a package's metadata folder, normalized like Python does. */
function distInfo(name: string, version: string): string {
  return `${name.toLowerCase().replace(/[-_.]+/g, '_')}-${version}.dist-info`;
}

export const packageName = (distInfo: string): string => distInfo.replace(/-.*/, '');

const metadataIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter(entry => entry.endsWith('.dist-info'));

/** Returns the packages in a `site-packages`, without local versions such as `+cpu`. */
function installedPackages(folder: string): Set<string> {
  return new Set(
    metadataIn(folder).map(entry => {
      const [, name, version] = /^(.+)-([^-+]+)(?:\+[^-]*)?\.dist-info$/.exec(entry) ?? [];
      return distInfo(name ?? entry, version ?? '');
    }),
  );
}

/** Returns whether packages, such as `tensorflow==2.20.0`, are completely installed in a folder. */
export function areInstalled(specs: readonly string[], folder: string): boolean {
  const installed = installedPackages(folder);
  const isInstalled = ([name = '', version = '']: string[]) =>
    installed.has(distInfo(name, version));
  return specs.every(spec => isInstalled(spec.split('=='))) && brokenPackages(folder).length === 0;
}

/**
 * Returns the packages of a `site-packages` with an interrupted install or with missing or truncated files. Checks
 * 40,000 files in about 0.5 s.
 *
 * @returns the metadata folders of the broken packages
 */
export function brokenPackages(folder: string): string[] {
  const infos = metadataIn(folder);
  const records = new Map(infos.map(info => [info, recordedSizes(join(folder, info))]));
  // Packages may share a file; the last install wins: require only the smallest recorded size.
  const smallest = new Map<string, number>();
  for (const [file, size] of [...records.values()].flatMap(sizes => sizes ?? [])) {
    smallest.set(file, Math.min(size, smallest.get(file) ?? size));
  }
  const isIntact = ([file]: [string, number]) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats !== undefined && stats.size >= (smallest.get(file) ?? 0);
  };
  return infos.filter(info => !records.get(info)?.every(isIntact));
}

/**
 * Returns a package's files and sizes from RECORD, or `undefined` after an interrupted install. pip writes INSTALLER
 * last, but treats packages without INSTALLER as installed. Skips bytecode files, which have no size and may be
 * missing.
 *
 * @see https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
function recordedSizes(info: string): [file: string, size: number][] | undefined {
  const record = join(info, 'RECORD');
  if (!existsSync(join(info, 'INSTALLER')) || !existsSync(record)) return undefined;
  const base = dirname(realpathSync(info));
  const rows = readFileSync(record, 'utf8').matchAll(/^("?)(.*)\1,[^,]*,(\d+)\r?$/gm);
  return Array.from(rows, row => [join(base, itemAt(row, 2)), Number(row[3])]);
}
