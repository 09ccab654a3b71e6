/** Sets up what a classroom's machine needs besides the lesson: JupyterHub, its proxy, the servers' settings. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { labExtensions, labSettings } from '../lab/settings';
import { Failure, type Language, same } from '../project/failure.mjs';
import { readText, writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import { labExportArguments } from '../publish/html';
import { installPackages, packagesInstalled } from '../setup/packages/npm.mjs';
import { allDone, runAlone, siteOf, steps } from '../setup/setup';
import { kernelSpec } from '../setup/steps/kernel';
import type { Site, Step } from '../setup/steps/step';

const folder = join(projectRoot, 'build', 'classroom');

/** Installs the proxy by a lock file of its own, so that no learner's machine installs its packages. */
const proxyStep: Step = {
  title: { en: 'The hub’s proxy', zh: '教室代理' },
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
    return same('configurable-http-proxy');
  },
};

/** Seconds without anybody's attention, after which a kernel ends, and then its server. */
const IDLE = 3600;

/** Writes JupyterLab's settings, and the arguments of each learner's server for `singleuser.py`. */
const settingsStep: Step = {
  title: { en: 'The learners’ servers', zh: '学生服务器' },
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
    return same(folder);
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

/**
 * Sets up what is missing. Writes nothing where nothing is.
 *
 * @throws Failure on Windows, which JupyterHub does not know.
 */
export async function prepare(
  language: Language,
  prefix?: string,
  platform = process.platform,
): Promise<Site> {
  if (platform === 'win32') throw new Failure(windows);
  const site = siteOf({ prefix, extras: ['classroom'] });
  const all = [...steps, proxyStep, settingsStep];
  if (!(await allDone(all, site))) await runAlone(all, site, language);
  return site;
}

const windows = {
  en: 'JupyterHub does not run on Windows. Run the classroom on Linux or macOS, or in WSL; for a single learner, use npm start.',
  zh: 'JupyterHub 不能在 Windows 上运行。请在 Linux、macOS 或 WSL 中运行教室；单人学习请用 npm start。',
};
