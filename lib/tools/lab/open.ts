/** JupyterLab on the lesson: `npm start`. */
import type { Options } from '../options.mjs';
import { Failure } from '../project/failure.mjs';
import { freePort } from '../project/free-port';
import type { PythonEnvironment } from '../project/paths';
import { labCommand } from './command';
import { hasDisplay } from './display';
import { LabServer } from './server';
import { onShutdownSignal } from './shutdown-signals';

/** Starts JupyterLab, prints its address, and stays until it ends or Ctrl+C ends it. */
export async function openLab(python: PythonEnvironment, options: Options): Promise<number> {
  const { language, stage, port: wanted } = options;
  const say = (en: string, zh: string) => console.log(language === 'zh' ? zh : en);
  const port = await freePort(wanted);
  if (port !== wanted)
    say(`Port ${wanted} is taken; using ${port}.`, `端口 ${wanted} 已被占用，改用 ${port}。`);

  const display = hasDisplay();
  const server = `http://127.0.0.1:${port}`;
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const place = stage ? `#cell-id=stage-${stage}` : '';
  const browser = options.browser && display;
  const command = await labCommand(python, { port, language, page: page + place, browser });
  // Up to here a signal ends this process itself. Heard earlier, a Ctrl+C would first end the esbuild
  // that works for the command, and be taken for its failure.
  onShutdownSignal(() => lab.end());
  const lab = new LabServer(command, server);
  // The terminal may be closed, or the other end of a pipe.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  if (await lab.answers()) {
    const address = `${server}${page}?token=${lab.token}${place}`;
    const terminal = {
      en: 'There is no display here: open the address in your own browser, or run the lesson in this terminal with npm run lesson.\n',
      zh: '这里没有图形界面：请用您自己的浏览器打开上面的地址，或用 npm run lesson 在终端里运行课程。\n',
    };
    const hint = display ? '' : terminal[language];
    say(
      `\nThe lesson: ${address}\n\n${hint}Ctrl+C ends JupyterLab.`,
      `\n课程地址：${address}\n\n${hint}按 Ctrl+C 结束 JupyterLab。`,
    );
  }
  const end = await lab.ended;
  if (lab.told || end === 0) return 0;
  throw new Failure({
    en: `JupyterLab stopped unexpectedly (${end}); see its messages above. npm run doctor shows what is missing.`,
    zh: `JupyterLab 意外退出（${end}），原因见上面的信息。请运行 npm run doctor 检查缺少什么。`,
  });
}
