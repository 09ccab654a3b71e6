/** The C++ compiler of set-up: one of the system's, else `ziglang` from PyPI. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiler, type News, type Tools, zigIn } from 'tfjs-graph/addon/compiler';
import type { Text } from '../../project/failure.mjs';
import { projectRoot } from '../../project/paths';
import { interpreterAt } from '../../project/python';
import type { Report } from '../../project/report';
import { runLogged } from '../../project/run-logged';
import { onlyFor } from '../packages/environment-yml';
import { locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site } from './step';

const compiling: Text = { en: 'Compiling the native engine', zh: '编译原生引擎' };

const fetching: Text = {
  en: 'There is no working C++ compiler here (sudo apt install g++ installs one), and downloading ziglang instead',
  zh: '这里没有可用的 C++ 编译器（可用 sudo apt install g++ 安装），改为下载 ziglang 也',
};

/** Compilers that report to a step of set-up, and to its log. */
export const compilerTools = (site: Site, report: Report): Tools => ({
  run: (program, args, env) =>
    runLogged(program, [...args], { title: compiling, log: 'addon', ...(env && { env }) }),
  withZig: compile => withZig(site, report, compile),
  tell: news => report(inWords(news)),
});

function inWords(news: News): Text {
  switch (news.code) {
    case 'compiling':
      return { en: `compiling with ${news.compiler}`, zh: `正在用 ${news.compiler} 编译` };
    case 'compiler-failed':
      return {
        en: `${news.compiler} failed (see build/setup/addon.log): compiling with ziglang, about a minute`,
        zh: `${news.compiler} 失败（见 build/setup/addon.log）：正在用 ziglang 编译，约一分钟`,
      };
    case 'no-compiler':
      return {
        en: 'no C++ compiler here: compiling with ziglang, about a minute',
        zh: '没有 C++ 编译器：正在用 ziglang 编译，约一分钟',
      };
  }
}

async function withZig(
  { environment, machine, python }: Site,
  report: Report,
  compile: (compiler: Compiler) => Promise<void>,
): Promise<void> {
  const folder = join(projectRoot, 'build', 'setup', 'zig');
  try {
    const uv = await Uv.ready(report, await interpreterAt(python.prefix));
    const { spec } = onlyFor('compiler', environment);
    await uv.install(
      ['--python', python.prefix, '--target', folder, ...locked, spec],
      { title: fetching, log: 'addon' },
      report,
    );
    await compile(zigIn(folder, python.program('python'), machine.name));
  } finally {
    rmSync(folder, { recursive: true, force: true }); // 400 MB
  }
}
