import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Language } from '../../lib/digits/language';
import { projectRoot } from '../../lib/tools/project/paths';
import { execute } from '../../lib/tools/publish/execute';
import { isCode, type Notebook, printed, readNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { shows, untilAccurate } from './shows-lesson';

describe('lesson on the kernel', function () {
  this.timeout(600_000);

  describe('by "npm run lesson", in Chinese', () => {
    let notebook: Notebook;
    let terminal: string;
    before(async () => {
      const [ipynb, html] = ['ipynb', 'html'].map(kind => `build/lesson.zh.${kind}`);
      await Promise.all(
        [ipynb, html].map(file => rm(join(projectRoot, `${file}`), { force: true })),
      );
      const command = ['lib/tools/bootstrap.mjs', 'lesson', '--lang', 'zh'];
      notebook = await untilAccurate(async () => {
        const run = await promisify(execFile)(process.execPath, command, { cwd: projectRoot });
        terminal = run.stdout;
        return readNotebook(join(projectRoot, `${ipynb}`));
      });
    });

    shows(() => notebook, 'zh');

    it('tells the time and the result of each stage', () => {
      const stages = terminal.match(/^✔ \d+ .*$/gm) ?? [];
      assert.deepEqual(
        stages.map(line => Number(/\d+/.exec(line)?.[0])),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
      for (const line of stages) assert.match(line, / {2}\d+\.\d s/);
      assert.match(terminal, /8 训练模型 .*val_loss: 0\.\d+(,0\.\d+){4}/);
      assert.match(terminal, /10 应用模型 .*\[取出测试集中的前4个数据进行识别\]/);
    });

    it('leaves the page and says where it is', () => {
      assert.ok(existsSync(join(projectRoot, 'build', 'lesson.zh.html')));
      assert.match(terminal, /build.lesson\.zh\.html/);
      assert.match(terminal, /build.lesson\.zh\.ipynb/);
    });
  });

  const run = async (language: Language, env?: Record<string, string>): Promise<Notebook> => {
    const source = await readSource(join(notebookFolder, 'lesson.ts'));
    return execute(notebookOf(source, language), { folder: notebookFolder, env });
  };

  describe('in English', () => {
    let notebook: Notebook;
    before(async () => {
      notebook = await untilAccurate(() => run('en'));
    });
    shows(() => notebook, 'en');
  });

  describe('with the native engine switched off', () => {
    let notebook: Notebook;
    before(async () => {
      notebook = await untilAccurate(() => run('en', { DIGITS_DEVICE: 'wasm' }));
    });
    shows(() => notebook, 'en');

    it('2 says that WebAssembly runs', () => {
      const cell = notebook.cells.filter(isCode).find(({ id }) => id === 'stage-2-code-1');
      assert.match(cell ? printed(cell) : '', /WebAssembly/);
    });
  });
});
