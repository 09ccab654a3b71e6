import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { transformSync } from 'esbuild';
import mnist from 'mnist-data-loader';
import { isCode, joined } from '../../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../../lib/tools/publish/source';

/** What a notebook's cells hand to `check`, by exercise; run in this process, in order. */
export async function answersOf(name: string): Promise<Map<string, unknown>> {
  const source = await readSource(join(notebookFolder, `${name}.ts`));
  const code = notebookOf(source, 'en')
    .cells.filter(isCode)
    .map(cell => joined(cell.source))
    .join('\n')
    .replace(/^import [\s\S]*?;$/gm, '');
  const answers = new Map<string, unknown>();
  const scope = {
    tf,
    mnist,
    ...digits,
    check: async (id: string, answer: unknown) => void answers.set(id, answer),
    console: { log: () => {} },
  };
  const { code: js } = transformSync(`async () => {${code}}`, { loader: 'ts' });
  const run = new Function(...Object.keys(scope), `return (${js.replace(/;\s*$/, '')})()`);
  await quietly(() => run(...Object.values(scope)));
  return answers;
}

/** Keeps the progress lines of training out of the test report. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { write } = process.stdout;
  const { log } = console;
  process.stdout.write = () => true;
  console.log = () => {};
  try {
    await work();
  } finally {
    process.stdout.write = write;
    console.log = log;
  }
}
