/** JupyterLab on the lesson. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Options } from './options.mjs';
import { Failure, type Language } from './project/failure.mjs';
import { writeWhole } from './project/files';
import { freePort } from './project/free-port';
import { type CommandLine, endsWithParent } from './project/parent.mjs';
import { type PythonEnvironment, projectRoot } from './project/paths';
import { untilAnswers } from './project/until-answers';
import { labExportArguments } from './publish/html';

/** Holds what lets JupyterLab open the lesson at a stage; its arguments' `extra_labextensions_path`. */
export const labExtensions = join(projectRoot, 'lib', 'tools', 'labextensions');

/** Returns settings that a learner's own ones override: no pop-up of news, the menus in the language. */
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

/** Tells whether a window can be opened here: not over SSH, and on Linux only beside a display. */
export function hasDisplay(
  env = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Starts JupyterLab, prints its address, and stays until it ends or Ctrl+C ends it. */
export async function openLab(python: PythonEnvironment, options: Options): Promise<number> {
  const { language, stage, port: wanted } = options;
  const say = (en: string, zh: string) => console.log(language === 'zh' ? zh : en);
  const port = await freePort(wanted);
  if (port !== wanted)
    say(`Port ${wanted} is taken; using ${port}.`, `端口 ${wanted} 已被占用，改用 ${port}。`);

  const display = hasDisplay();
  const token = randomBytes(24).toString('hex');
  const server = `http://127.0.0.1:${port}`;
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const place = stage ? `#cell-id=stage-${stage}` : '';
  const command = await labCommand(python, {
    port,
    language,
    page: page + place,
    browser: options.browser && display,
  });
  const lab = await start(command, token);

  const asking = new AbortController();
  void lab.ended.then(() => asking.abort());
  const ready = await untilAnswers(`${server}/api/status?token=${token}`, asking.signal);
  if (ready && !lab.stopping()) {
    const address = `${server}${page}?token=${token}${place}`;
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
  const code = await lab.ended;
  if (lab.stopping() || code === 0) return 0;
  throw new Failure({
    en: `JupyterLab ended by itself (exit code ${code}); its messages are above. npm run doctor looks for what is missing.`,
    zh: `JupyterLab 自行退出（退出码 ${code}），原因见上方信息。请运行 npm run doctor 检查缺失项。`,
  });
}

interface Lab {
  readonly port: number;
  readonly language: Language;
  /** The path of the page that it opens. */
  readonly page: string;
  /** Whether it opens the page in a browser. */
  readonly browser: boolean;
}

async function labCommand(
  python: PythonEnvironment,
  { port, language, page, browser }: Lab,
): Promise<CommandLine> {
  return endsWithParent([
    python.program('python'),
    ...['-m', 'jupyterlab', '--ServerApp.log_level=WARN', '--LabApp.log_level=WARN'],
    ...['--ServerApp.ip=127.0.0.1', `--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
    `--ServerApp.root_dir=${projectRoot}`,
    '--ServerApp.base_url=/',
    `--ServerApp.open_browser=${browser ? 'True' : 'False'}`,
    // Browsers in a sandbox (Ubuntu's) cannot read the file that would send them on.
    '--ServerApp.use_redirect_file=False',
    `--LabApp.default_url=${page}`,
    `--LabApp.app_settings_dir=${writeSettings(language)}`,
    `--LabApp.extra_labextensions_path=${labExtensions}`,
    ...(await labExportArguments()),
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ]);
}

/** Starts JupyterLab, which Ctrl+C ends; a second Ctrl+C, or five seconds, kill it. */
async function start([program, ...args]: CommandLine, token: string) {
  const { execa } = await import('execa');
  // A group of its own: the terminal's Ctrl+C would make it ask whether to stop.
  const lab = execa(program, args, {
    cwd: projectRoot,
    env: { JUPYTER_TOKEN: token },
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
  return {
    /** The exit code. */
    ended: lab.then(({ exitCode }) => exitCode ?? 1),
    /** Tells whether it was told to end. */
    stopping: () => stopping > 0,
  };
}
