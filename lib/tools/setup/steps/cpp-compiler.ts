/** The C++ compiler of set-up: one of the system's, else `ziglang` from PyPI. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type News, type Tools, zigIn } from 'tfjs-graph/addon/compiler';
import { messages } from '../../project/messages';
import { projectRoot } from '../../project/paths';
import { interpreterAt } from '../../project/python';
import { type Report, runLogged } from '../../project/run-logged';
import { onlyFor } from '../packages/environment-yml';
import { locked } from '../packages/python-lock';
import { Uv } from '../packages/uv';
import type { Site } from './step';

/** Returns compilers that report to a step of set-up, and to its log. */
export const compilerTools = (site: Site, report: Report): Tools => ({
  run: (program, args, env) =>
    runLogged(program, args, { title: messages().setup.compiling, log: 'addon', env }),
  withZig: compile => withZig(site, report, compile),
  tell: news => report(wordsOf(news)),
});

function wordsOf(news: News): string {
  const { compilingWith, compilerFailed, noCompiler } = messages().setup;
  if (news.code === 'compiling') return compilingWith(news.compiler);
  return news.code === 'compiler-failed' ? compilerFailed(news.compiler) : noCompiler;
}

async function withZig(
  { machine, python }: Site,
  report: Report,
  compile: Parameters<Tools['withZig']>[0],
): Promise<void> {
  const folder = join(projectRoot, 'build', 'setup', 'zig');
  try {
    const uv = await Uv.ready(report, await interpreterAt(python.prefix));
    const { spec } = onlyFor('compiler');
    await uv.install(
      ['--python', python.prefix, '--target', folder, ...locked, spec],
      { title: messages().setup.fetchingCompiler, log: 'addon' },
      report,
    );
    await compile(zigIn(folder, python.program('python'), machine.name));
  } finally {
    rmSync(folder, { recursive: true, force: true }); // 400 MB
  }
}
