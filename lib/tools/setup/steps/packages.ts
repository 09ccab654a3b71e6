import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../project/failure.mjs';
import { readJson, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import type { Report } from '../../project/run-logged';
import { brokenPackages, distInfo, installedPackages, nameOf } from '../packages/installed';
import { interpreterAt, interpreterOf } from '../packages/pythons';
import { locked, type Requirement, requirements } from '../packages/requirements';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

/** Written when they are installed: what was asked for. */
const installedFile = ({ python }: Site) => join(python.prefix, 'digits-packages.json');

interface Installed {
  readonly python: string;
  readonly specs: string[];
}

/** Returns what is wanted and not there in the exact version. */
export function missingPackages(site: Site, folder: string): Requirement[] {
  const there = installedPackages(folder);
  return requirements(site.machine, site.extras).filter(
    ({ name, version }) => !there.has(distInfo(name, version)),
  );
}

/** Installs `environment.yml`'s pip list into `.venv`; a given environment must hold it already. */
export const packagesStep: Step = {
  get title() {
    return messages().setup.packages;
  },
  async isDone(site) {
    const found = await interpreterOf(site.python);
    if (!found || missingPackages(site, found.packages).length > 0) return false;
    if (!site.own) return true;
    if (site.thorough && brokenPackages(found.packages).length > 0) return false;
    const installed = readJson<Installed>(installedFile(site));
    const wanted = requirements(site.machine, site.extras);
    return (
      installed?.python === found.version &&
      wanted.every(({ spec }) => installed.specs.includes(spec))
    );
  },
  async run(site, report) {
    const { packages: folder, version } = await interpreterAt(site.python.prefix);
    if (!site.own) return installExtras(site, folder, report);

    const broken = removeBroken(folder);
    const wanted = requirements(site.machine, site.extras);
    await install(site, wanted, report);
    const before = readJson<Installed>(installedFile(site));
    const kept = before?.python === version ? before.specs : [];
    const specs = [...new Set([...wanted.map(({ spec }) => spec), ...kept])];
    writeJson(installedFile(site), { python: version, specs } satisfies Installed);
    return countOf(folder, broken);
  },
};

const countOf = (folder: string, mended: readonly string[] = []): string =>
  messages().setup.packagesThere(installedPackages(folder).size, mended.map(nameOf));

async function install(
  { python, own, extras }: Site,
  wanted: readonly Requirement[],
  report: Report,
): Promise<void> {
  // A given environment holds versions of its own, and the benchmark's builds differ by machine.
  const checked = own && !extras.includes('bench') ? locked : [];
  const uv = await Uv.ready(report, await interpreterAt(python.prefix));
  await uv.install(
    ['--python', python.prefix, ...checked, ...wanted.map(({ spec }) => spec)],
    { title: messages().setup.packages, log: 'packages' },
    report,
  );
}

async function installExtras(site: Site, folder: string, report: Report): Promise<string> {
  const base = missingPackages({ ...site, extras: [] }, folder);
  if (base.length > 0) {
    const { prefix } = site.python;
    const names = base.map(({ spec }) => spec);
    throw new Failure(messages().setup.environmentLacks(prefix, names, updateOf(prefix)));
  }
  await install(site, missingPackages(site, folder), report);
  return countOf(folder);
}

/** Returns the command that brings a given environment up to date. */
export const updateOf = (prefix: string): string =>
  `conda env update --file environment.yml --prefix ${prefix}`;

/** Removes the metadata of broken packages, by which they count as installed. */
function removeBroken(folder: string): string[] {
  const broken = brokenPackages(folder);
  for (const info of broken) rmSync(join(folder, info), { recursive: true });
  return broken;
}
