import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, type Text } from '../../project/failure.mjs';
import { readJson, writeJson, writeWhole } from '../../project/files';
import { projectRoot } from '../../project/paths';
import { hasPip, interpreterAt, interpreterOf } from '../../project/python';
import { runLogged } from '../../project/run-logged';
import { brokenPackages } from '../packages/broken-packages';
import { type Requirement, requirements } from '../packages/environment-yml';
import {
  distInfo,
  followInstall,
  installedPackages,
  lockedRequirement,
  nameOf,
  pip,
  pipLock,
} from '../packages/pip';
import type { Report, Site, Step } from './step';

const title: Text = {
  en: 'Python packages',
  zh: 'Python 软件包',
};

/** Written when they are installed: what was asked for. */
const installedFile = ({ python }: Site) => join(python.prefix, 'digits-packages.json');

interface Installed {
  readonly python: string;
  readonly specs: string[];
}

/** Returns what is wanted and not there in the exact version. */
export function missingPackages(site: Site, folder: string): Requirement[] {
  const { environment, machine, extras } = site;
  const there = existsSync(folder) ? installedPackages(folder) : new Set<string>();
  return requirements(environment, machine, extras).filter(({ name, version }) => {
    // An environment made by conda holds the plain wheel, also beside a GPU.
    const names = name === 'tensorflow' && !site.own ? [name, 'tensorflow-cpu'] : [name];
    return !names.some(each => there.has(distInfo(each, version)));
  });
}

/** Installs `environment.yml`'s pip list into `.venv`; a given environment must hold it already. */
export const packagesStep: Step = {
  title,
  async isDone(site) {
    const found = await interpreterOf(site.python);
    if (!found || missingPackages(site, found.packages).length > 0) return false;
    if (!site.own) return true;
    if (site.thorough && brokenPackages(found.packages).length > 0) return false;
    const installed = readJson<Installed>(installedFile(site));
    const wanted = requirements(site.environment, site.machine, site.extras);
    return (
      installed?.python === found.version &&
      wanted.every(({ spec }) => installed.specs.includes(spec))
    );
  },
  async run(site, report) {
    const { packages: folder, version } = await interpreterAt(site.python.prefix);
    if (!site.own) return installExtras(site, folder, report);

    const broken = await removeBroken(site, folder);
    await removeOtherTensorFlow(site, folder);
    const wanted = requirements(site.environment, site.machine, site.extras);
    // pip comes first: an older one neither tells its progress nor takes checksums from a constraint.
    const installer = missingPackages(site, folder).find(({ name }) => name === 'pip');
    if (installer) {
      report(installer.spec);
      const file = join(projectRoot, 'build', 'setup', 'installer.txt');
      writeWhole(file, lockedRequirement(installer.spec));
      await pip(site.python, ['install', '--require-hashes', '--requirement', file], { title });
    }
    await install(site, wanted, folder, report);
    const before = readJson<Installed>(installedFile(site));
    const kept = before?.python === version ? before.specs : [];
    const specs = [...new Set([...wanted.map(({ spec }) => spec), ...kept])];
    writeJson(installedFile(site), { python: version, specs } satisfies Installed);
    return countOf(folder, broken);
  },
};

function countOf(folder: string, mended: readonly string[] = []): Text {
  const { size } = installedPackages(folder);
  const names = mended.map(nameOf);
  return {
    en: `${size} packages${names.length > 0 ? `; made whole: ${names.join(', ')}` : ''}`,
    zh: `${size} 个${names.length > 0 ? `；已修复：${names.join('、')}` : ''}`,
  };
}

async function install(
  { python, own, extras }: Site,
  wanted: readonly Requirement[],
  folder: string,
  report: Report,
): Promise<void> {
  const follow = followInstall(report);
  let counting: NodeJS.Timeout | undefined;
  const onLine = (line: string) => {
    follow(line);
    const names = /^Installing collected packages: (.*)/.exec(line)?.[1];
    if (!names) return;
    const before = installedPackages(folder).size;
    const total = names.split(', ').length;
    counting = setInterval(() => {
      const done = installedPackages(folder).size - before;
      report({ en: `unpacking ${done} of ${total}`, zh: `解包 ${done}/${total}` });
    }, 300);
  };
  const specs = wanted.map(({ spec }) => spec);
  // A given environment has a pip of its own, which may be too old; the benchmark's is not locked.
  const locked = own && !extras.includes('bench') ? ['--constraint', pipLock] : [];
  try {
    const quick = ['--prefer-binary', '--progress-bar', 'raw'];
    await pip(python, ['install', ...quick, ...locked, ...specs], { title, onLine });
  } finally {
    clearInterval(counting);
  }
}

async function installExtras(site: Site, folder: string, report: Report): Promise<Text> {
  const base = missingPackages({ ...site, extras: [] }, folder);
  if (base.length > 0) {
    const list = base.map(({ name, version }) => `${name}==${version}`).join(', ');
    const cure = `conda env update --file environment.yml --prefix ${site.python.prefix}`;
    throw new Failure({
      en: `The environment ${site.python.prefix} lacks ${list}. Bring it up to date with\n  ${cure}`,
      zh: `环境 ${site.python.prefix} 缺少 ${list}。请用以下命令更新：\n  ${cure}`,
    });
  }
  await install(site, missingPackages(site, folder), folder, report);
  return countOf(folder);
}

// pip takes a package for installed by its metadata, so those of broken packages go. A broken pip goes
// as a whole, and Python's own comes in its place.
async function removeBroken({ python }: Site, folder: string): Promise<string[]> {
  const works = await hasPip(python);
  const broken = existsSync(folder) ? brokenPackages(folder) : [];
  const names = broken.map(nameOf);
  for (const info of broken) rmSync(join(folder, info), { recursive: true });
  if (works && !names.includes('pip')) return broken;

  const rest = existsSync(folder) ? readdirSync(folder) : [];
  for (const entry of rest.filter(each => /^pip(-.*\.dist-info)?$/.test(each))) {
    rmSync(join(folder, entry), { recursive: true });
  }
  await runLogged(python.program('python'), ['-m', 'ensurepip', '--upgrade'], {
    title,
    log: 'pip',
  });
  return broken;
}

// The wheels with and without CUDA share one folder, so the one goes before the other comes.
async function removeOtherTensorFlow(site: Site, folder: string): Promise<void> {
  const other = site.machine.gpu ? 'tensorflow_cpu-' : 'tensorflow-';
  if (![...installedPackages(folder)].some(entry => entry.startsWith(other))) return;
  await pip(site.python, ['uninstall', '--yes', other.slice(0, -1)], { title });
}
