/** Sets up what a classroom's machine needs besides the lesson: JupyterHub, its proxy, the servers' settings. */
import { copyFileSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { labExtensions, labSettings } from '../lab/settings';
import type { Options } from '../options.mjs';
import { Failure } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { labExportArguments } from '../publish/html';
import { installPackages, packagesInstalled } from '../setup/packages/npm.mjs';
import { kernelSpec } from '../setup/steps/kernel';
import type { Step } from '../setup/steps/step';

const folder = join(projectRoot, 'build', 'classroom');

/** Installs the proxy by a lock file of its own, so that no learner's machine installs its packages. */
const proxyStep: Step = {
  get title() {
    return messages().classroom.proxy;
  },
  isDone() {
    const name = 'package-lock.json';
    const fresh = readText(join(folder, name)) === readText(join(__dirname, 'proxy', name));
    return fresh && packagesInstalled(folder);
  },
  async run(_, report) {
    mkdirSync(folder, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(join(__dirname, 'proxy', name), join(folder, name));
    }
    copyFileSync(join(projectRoot, '.npmrc'), join(folder, '.npmrc'));
    await installPackages(folder, false, (done, total) => report(`${done}/${total}`));
    return 'configurable-http-proxy';
  },
};

/** Seconds without anybody's attention, after which a kernel ends, and then its server. */
const IDLE = 3600;

/** Writes JupyterLab's settings, and the arguments of each learner's server for `singleuser.py`. */
const settingsStep: Step = {
  get title() {
    return messages().classroom.settings;
  },
  async isDone() {
    try {
      const entries = Object.entries(await settings());
      return entries.every(([name, content]) => readText(join(folder, name)) === content);
    } catch (error) {
      // The scripts of exported pages are written anew. Where nothing can be written, the old ones do.
      const { code = '' } = error as NodeJS.ErrnoException;
      return (
        ['EROFS', 'EACCES'].includes(code) && readText(join(folder, 'server.json')) !== undefined
      );
    }
  },
  async run() {
    for (const [name, content] of Object.entries(await settings())) {
      writeWhole(join(folder, name), content);
    }
    return folder;
  },
};

async function settings(): Promise<Record<string, string>> {
  const args = [
    '--Application.log_level=ERROR',
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    `--MappingKernelManager.cull_idle_timeout=${IDLE}`,
    `--ServerApp.shutdown_no_activity_timeout=${IDLE}`,
    // It would drop figures that come at once.
    '--ZMQChannelsWebsocketConnection.limit_rate=False',
    ...(await labExportArguments()),
  ];
  return {
    'kernels/tslab/kernel.json': `${JSON.stringify(kernelSpec(), undefined, 2)}\n`,
    'server.json': `${JSON.stringify(args, undefined, 2)}\n`,
    'en/overrides.json': labSettings('en'),
    'zh/overrides.json': labSettings('zh'),
  };
}

/** What a classroom needs besides the lesson. */
export const classroomSteps: readonly Step[] = [proxyStep, settingsStep];

/**
 * Returns whose accounts the learners have.
 *
 * @throws Failure on Windows, which JupyterHub does not know, and where all would be root
 */
export function accountsFor(
  { accounts }: Pick<Options, 'accounts'>,
  platform = process.platform,
): 'shared' | 'system' {
  const { windows, sharedByRoot } = messages().classroom;
  if (platform === 'win32') throw new Failure(windows);
  const isRoot = process.geteuid?.() === 0;
  if (accounts === 'shared' && isRoot) throw new Failure(sharedByRoot);
  return accounts ?? (isRoot ? 'system' : 'shared');
}

/** Lists the folders from the root down to a file or folder, and that itself. */
const wayTo = (path: string): string[] =>
  path.split(sep).map((_, i, parts) => parts.slice(0, i + 1).join(sep) || sep);

const isClosed = (path: string) => (lstatSync(path).mode & 0o001) === 0;

/**
 * Finds the first folder on the way to a program or folder, or that itself, which accounts other than
 * its owner's and group's may not enter or run; undefined where they may use it all.
 *
 * @param path an absolute path; where it is a link, so is the way to what it leads to
 */
function closedPart(path: string): string | undefined {
  return [...wayTo(path), ...wayTo(realpathSync(path))].find(isClosed);
}

/** @throws Failure if learners with accounts of their own cannot reach one of these programs or folders */
export function assertReachable(paths: readonly string[]): void {
  for (const path of paths) {
    const closed = closedPart(path);
    if (closed) throw new Failure(messages().classroom.unreachable(realpathSync(path), closed));
  }
}
