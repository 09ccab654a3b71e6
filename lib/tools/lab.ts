/** JupyterLab on the lesson. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Options } from './options.mjs';
import { Failure, type Language } from './project/failure.mjs';
import { writeWhole } from './project/files';
import { endsWithParent } from './project/parent.mjs';
import { projectRoot } from './project/paths';
import type { Site } from './setup/steps/step';

/** What JupyterLab needs to open the lesson at a stage; its arguments' `extra_labextensions_path`. */
export const labExtensions = join(projectRoot, 'lib', 'tools', 'labextensions');

/** Settings that a learner's own ones override: no pop-up of news, the menus in the language. */
export function labSettings(language: Language): string {
  const settings = {
    '@jupyterlab/apputils-extension:notification': {
      fetchNews: 'false',
      checkForUpdates: false,
    },
    '@jupyterlab/translation-extension:plugin': { locale: language === 'zh' ? 'zh_CN' : 'en' },
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** Writes them where JupyterLab's argument `app_settings_dir` finds them. */
function writeSettings(language: Language): string {
  const folder = join(projectRoot, 'build', 'setup', `lab-${language}`);
  writeWhole(join(folder, 'overrides.json'), labSettings(language));
  return folder;
}

/** Whether a window can be opened here: not over SSH, and on Linux only beside a display. */
export function hasDisplay(
  env = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The first port from `wanted` on that nobody listens at, on 127.0.0.1. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= 65_535; port++) {
    const trouble = await tryPort(port);
    if (!trouble) return port;
    if (trouble === 'EACCES') {
      throw new Failure({
        en: `Port ${port} is kept for the administrator. Choose one from 1024 on: npm start -- --port 8888`,
        zh: `端口 ${port} 仅限管理员使用。请选择 1024 以上的端口：npm start -- --port 8888`,
      });
    }
  }
  throw new Failure({
    en: `No port is free from ${wanted} on. Choose a lower one: npm start -- --port 8888`,
    zh: `从 ${wanted} 起没有空闲端口。请选择较小的端口：npm start -- --port 8888`,
  });
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise(settle => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => settle(undefined)),
    );
  });
}

/** Lets Lab's own export draw the figures offline; loaded when it is wanted, as all outside of set-up. */
function exportArguments(): Promise<string[]> {
  const { labExportArguments } = require('./publish/html') as typeof import('./publish/html');
  return labExportArguments();
}

/** Starts JupyterLab, prints its address, and stays until it ends or Ctrl+C ends it. */
export async function openLab(
  site: Site,
  { language, stage, port: wanted, browser }: Options,
): Promise<number> {
  const say = (en: string, zh: string) => console.log(language === 'zh' ? zh : en);
  const port = await freePort(wanted);
  if (port !== wanted)
    say(`Port ${wanted} is taken; using ${port}.`, `端口 ${wanted} 已被占用，改用 ${port}。`);

  const display = hasDisplay();
  const token = randomBytes(24).toString('hex');
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const place = stage ? `#cell-id=stage-${stage}` : '';
  const address = `http://127.0.0.1:${port}${page}?token=${token}${place}`;
  const [program, ...args] = [
    ...endsWithParent(),
    ...[
      site.python.program('python'),
      '-m',
      'jupyterlab',
      '--ServerApp.log_level=WARN',
      '--LabApp.log_level=WARN',
    ],
    ...['--ServerApp.ip=127.0.0.1', `--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
    `--ServerApp.root_dir=${projectRoot}`,
    `--ServerApp.base_url=/`,
    `--ServerApp.open_browser=${browser && display ? 'True' : 'False'}`,
    // Browsers in a sandbox (Ubuntu's) cannot read the file that would send them on.
    '--ServerApp.use_redirect_file=False',
    `--LabApp.default_url=${page}${place}`,
    `--LabApp.app_settings_dir=${writeSettings(language)}`,
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    ...(await exportArguments()),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  const { execa } = await import('execa');
  // A group of its own: the terminal's Ctrl+C would make it ask whether to stop.
  const lab = execa(program, args, {
    cwd: projectRoot,
    env: { JUPYTER_TOKEN: token, DIGITS_PYTHON_PREFIX: site.python.prefix },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    cleanup: false,
    reject: false,
  });
  let stopping = 0;
  const stop = () => {
    // npm hands on the Ctrl+C that the terminal has sent here too: those two are one.
    if (stopping && Date.now() - stopping > 500) lab.kill('SIGKILL');
    if (stopping) return;
    stopping = Date.now();
    lab.kill('SIGTERM');
    setTimeout(() => lab.kill('SIGKILL'), 5_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('exit', () => lab.kill('SIGKILL'));

  const ended = lab.then(({ exitCode }) => exitCode ?? 1);
  const ready = await Promise.race([answers(port, token), ended]);
  if (ready === true && !stopping) {
    const terminal = {
      en: 'There is no display here: open the address in a browser of yours, or run the lesson in this terminal with npm run lesson.\n',
      zh: '此处没有图形界面：请在您的浏览器中打开上述地址，或用 npm run lesson 在终端运行课程。\n',
    };
    const hint = display ? '' : terminal[language];
    say(
      `\nThe lesson: ${address}\n\n${hint}Ctrl+C ends JupyterLab.`,
      `\n课程地址：${address}\n\n${hint}按 Ctrl+C 结束 JupyterLab。`,
    );
  }
  const code = await ended;
  if (stopping || code === 0) return 0;
  throw new Failure({
    en: `JupyterLab ended by itself (exit code ${code}); its messages are above. npm run doctor looks for what is missing.`,
    zh: `JupyterLab 自行退出（退出码 ${code}），原因见上方信息。请运行 npm run doctor 检查缺失项。`,
  });
}

/** Waits until the server answers. */
async function answers(port: number, token: string): Promise<true> {
  for (;;) {
    try {
      const reply = await fetch(`http://127.0.0.1:${port}/api/status?token=${token}`);
      if (reply.ok) return true;
    } catch {}
    await sleep(100);
  }
}
