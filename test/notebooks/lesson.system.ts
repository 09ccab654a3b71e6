import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../lib/command/machine/paths';
import { readNotebook } from '../../lib/publish/notebook';
import { lessonOn } from './hosts';

const file = (kind: string) => join(projectRoot, 'build', `lesson.zh.${kind}`);
let terminal = '';

async function runLesson() {
  await Promise.all(['ipynb', 'html'].map(kind => rm(file(kind), { force: true })));
  const command = ['lib/command/run.cjs', 'lesson', '--lang', 'zh'];
  ({ stdout: terminal } = await promisify(execFile)(process.execPath, command, {
    cwd: projectRoot,
  }));
  return readNotebook(file('ipynb'));
}

lessonOn('by "npm run lesson"', 'zh', runLesson, () => {
  it('tells the time and the result of each stage', () => {
    const stages = terminal.match(/^✔ \d+ .*$/gm) ?? [];
    assert.deepEqual(
      stages.map(line => Number(/\d+/.exec(line)?.[0])),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    for (const line of stages) assert.match(line, / {2}\d+\.\d s/);
    assert.match(terminal, /8 训练模型 .*\[训练过程中的损失和准确率\]/);
    assert.match(terminal, /10 应用模型 .*\[取出测试集中的前4个数据进行识别\]/);
  });

  it('leaves the page and says where it is', () => {
    assert.ok(existsSync(file('html')));
    assert.match(terminal, /build.lesson\.zh\.html/);
    assert.match(terminal, /build.lesson\.zh\.ipynb/);
  });
});
