/**
 * The Python packages: those that are missing or broken, by the folders of their metadata in a
 * `site-packages`, `name-version.dist-info`; and the step that installs them.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { itemAt } from 'digits/item-at';
import { Failure } from '../../project/failure.mjs';
import { readJson, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import type { Report } from '../../project/run-logged';
import { type Interpreter, interpreterAt, interpreterOf } from '../packages/pythons';
import { locked, type Requirement, requirements } from '../packages/requirements';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';
import { isUsable, venvStep } from './venv';

/** Written when they are installed: what was asked for. What that asks for has then come, too. */
const installedFile = ({ python }: Site) => join(python.prefix, 'digits-packages.json');

const installedSpecs = (site: Site): string[] =>
  readJson<{ specs: string[] }>(installedFile(site))?.specs ?? [];

const wantedBy = ({ machine, extras }: Site) => requirements(machine, extras);

/** Returns what is wanted and not there in the exact version. */
function missingPackages(site: Site, folder: string): Requirement[] {
  const there = installedPackages(folder);
  return wantedBy(site).filter(({ name, version }) => !there.has(distInfo(name, version)));
}

/** Installs `environment.yml`'s pip list into `.venv`; a given environment must hold it already. */
export const packagesStep: Step = {
  title: () => messages().setup.packages,
  needs: [venvStep],
  async isDone(site) {
    const found = await interpreterOf(site.python);
    if (!found || missingPackages(site, found.packages).length > 0) return false;
    if (!site.own) return true;
    if (site.thorough && brokenPackages(found.packages).length > 0) return false;
    const installed = installedSpecs(site);
    return wantedBy(site).every(({ spec }) => installed.includes(spec));
  },
  async run(site, report) {
    const found = await interpreterAt(site.python.prefix);
    if (!site.own) return installExtras(site, found, report);

    const { packages: folder } = found;
    const broken = brokenPackages(folder);
    // By it they would count as installed.
    for (const info of broken) rmSync(join(folder, info), { recursive: true });
    await install(site, wantedBy(site), found, report, broken.map(nameOf));
    const specs = [...wantedBy(site).map(({ spec }) => spec), ...installedSpecs(site)];
    writeJson(installedFile(site), { specs: [...new Set(specs)] });
    return countOf(folder, broken);
  },
  async state(site) {
    const found = await interpreterOf(site.python);
    // A broken environment's Python may see the system's packages.
    if (!found || !isUsable(site, found)) return undefined;
    const { packagesMissing, packagesBroken, both } = messages().setup.doctor;
    const missing = missingPackages(site, found.packages).map(({ spec }) => spec);
    const broken = site.own ? brokenPackages(found.packages).map(nameOf) : [];
    return both([
      ...(missing.length > 0 ? [packagesMissing(missing)] : []),
      ...(broken.length > 0 ? [packagesBroken(broken)] : []),
    ]);
  },
  logs: ['packages'],
};

const countOf = (folder: string, mended: readonly string[] = []): string =>
  messages().setup.packagesThere(installedPackages(folder).size, mended.map(nameOf));

async function install(
  { python, own, extras }: Site,
  wanted: readonly Requirement[],
  found: Interpreter,
  report: Report,
  broken?: readonly string[],
): Promise<void> {
  // A given environment holds versions of its own, and the benchmark's builds differ by machine.
  const checked = own && !extras.includes('bench') ? locked : [];
  const uv = await Uv.ready(report, found);
  await uv.install(
    ['--python', python.prefix, ...checked, ...wanted.map(({ spec }) => spec)],
    { title: messages().setup.packages, log: 'packages' },
    report,
    broken,
  );
}

async function installExtras(site: Site, found: Interpreter, report: Report): Promise<string> {
  const { packages: folder } = found;
  const base = missingPackages({ ...site, extras: [] }, folder);
  if (base.length > 0) {
    const { prefix } = site.python;
    const names = base.map(({ spec }) => spec);
    throw new Failure(messages().setup.environmentLacks(prefix, names, updateOf(prefix)));
  }
  await install(site, missingPackages(site, folder), found, report);
  return countOf(folder);
}

/** Returns the command that brings a given environment up to date. */
export const updateOf = (prefix: string): string =>
  `conda env update --file environment.yml --prefix ${prefix}`;

/** Returns the name of a package's folder of metadata, by Python's rule. */
function distInfo(name: string, version: string): string {
  return `${name.toLowerCase().replace(/[-_.]+/g, '_')}-${version}.dist-info`;
}

/** Returns a package's name by its folder of metadata. */
export const nameOf = (distInfo: string): string => distInfo.replace(/-.*/, '');

const metadataIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter(entry => entry.endsWith('.dist-info'));

/**
 * Lists the packages in a `site-packages`. What a version has after `+`, such as `+cpu`, tells the builds
 * of one release apart and is left out.
 */
function installedPackages(folder: string): Set<string> {
  return new Set(
    metadataIn(folder).map(entry => {
      const [, name, version] = /^(.+)-([^-+]+)(?:\+[^-]*)?\.dist-info$/.exec(entry) ?? [];
      return distInfo(name ?? entry, version ?? '');
    }),
  );
}

/** Tells whether packages, such as `tensorflow==2.20.0`, lie in a folder with all of their files. */
export function areInstalled(specs: readonly string[], folder: string): boolean {
  const there = installedPackages(folder);
  const isThere = ([name = '', version = '']: string[]) => there.has(distInfo(name, version));
  return specs.every(spec => isThere(spec.split('=='))) && brokenPackages(folder).length === 0;
}

/**
 * Finds the packages of a `site-packages` that were cut off while they were installed, or that have
 * lost files since: a file is missing, or shorter than recorded. It looks at some 40,000 files, in
 * about half a second.
 *
 * @returns their folders of metadata
 */
export function brokenPackages(folder: string): string[] {
  const infos = metadataIn(folder);
  const records = new Map(infos.map(info => [info, recordedSizes(join(folder, info))]));
  // Where packages share a file, the last one has written it: the smallest size is asked for.
  const smallest = new Map<string, number>();
  for (const [file, size] of [...records.values()].flatMap(sizes => sizes ?? [])) {
    smallest.set(file, Math.min(size, smallest.get(file) ?? size));
  }
  const holds = ([file]: [string, number]) => {
    const there = statSync(file, { throwIfNoEntry: false });
    return there !== undefined && there.size >= (smallest.get(file) ?? 0);
  };
  return infos.filter(info => !records.get(info)?.every(holds));
}

/**
 * Reads a package's files, with their sizes, from its RECORD; `undefined` if its install did not come to
 * an end. pip writes INSTALLER after all files of the wheel, and takes a package without it for an
 * installed one. Bytecode has no size there and may be missing.
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
