/**
 * The whole lesson in a pseudo-language: nothing remains unmarked but code, names and numbers. Alone, for a
 * device that an earlier file has chosen keeps its reason as it was said then.
 */
import assert from 'node:assert/strict';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { formatWithOptions } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { transformSync } from 'esbuild';
import mnist from 'mnist-data-loader';
import { tables } from '../../lib/digits/language';
import { tables as loaderTables } from '../../lib/mnist-data-loader/language';
import { isCode, joined, PLOTLY, readNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder } from '../../lib/tools/publish/source';
import { inNotebook } from '../digits/notebook/support';
import { underPseudo, unmarkedWords } from '../pseudo';

/** Names of systems, programs, fonts, types and errors, and the words of Keras's table and lines. */
const NAMES = new Set(
  `CPU GPU TensorFlow js Node plotly tslab TypeScript Linux linux Python
  SimHei Noto Sans SC CJK Microsoft YaHei PingFang WenQuanYi Micro Hei sans serif
  Uint Array float int Tensor ShapeError learningRate beta epsilon pred
  Model sequential Layer type Output Shape Param flatten Flatten None dense Dense relu softmax
  Total params Trainable Non trainable
  loss sparse categorical accuracy val Epoch ETA ms us step ${cpus()[0]?.model ?? ''}`.match(
    /[a-z]{2,}/gi,
  ),
);

/** Turns the imports of a cell into constants. */
const withoutImports = (code: string): string =>
  code.replace(/^import (?:\* as )?(.+) from '(.+)';$/gm, "const $1 = modules['$2'];");

/** Lists the texts in what a cell shows, wherever they stand. */
function textsOf(data: Record<string, unknown>): string[] {
  const { [PLOTLY]: figure, 'text/html': html = '', 'text/plain': plain = '' } = data;
  const markup = String(html).replace(/<(script|style)\b.*?<\/\1>/gs, '');
  const titles = Array.from(
    markup.matchAll(/\b(?:alt|title|aria-label)="([^"]*)"/g),
    ([, title = '']) => title,
  );
  const drawn = (value: unknown, key = ''): string[] => {
    if (typeof value === 'object' && value !== null) {
      const isList = Array.isArray(value);
      return Object.entries(value).flatMap(([name, item]) => drawn(item, isList ? key : name));
    }
    return /^(text|name|label|ticktext)$/.test(key) ? [withoutTags(String(value))] : [];
  };
  return [String(plain), withoutTags(markup), ...titles, ...drawn(figure)];
}

const withoutTags = (markup: string) => markup.replace(/<[^>]*>/g, ' ');

describe('the lesson in a pseudo-language', () => {
  it('shows no words but those of the tables, of its own code, and names', async () => {
    const { cells } = await readNotebook(join(notebookFolder, 'lesson.en.ipynb'));
    const sources = cells.filter(isCode).map(({ source }) => withoutImports(joined(source)));
    const body = sources.map((source, i) => `begin(${i});\n${source}`).join('\n');
    const { code } = transformSync(`async () => {${body}}`, { loader: 'ts' });
    const shown = sources.map((): string[] => []);
    let current = 0;
    const say = (...texts: string[]) => shown[current]?.push(...texts);
    const scope = {
      modules: { '@tensorflow/tfjs': tf, digits, 'mnist-data-loader': mnist },
      begin: (cell: number) => {
        current = cell;
      },
    };
    const run = new Function(...Object.keys(scope), `return (${code.replace(/;\s*$/, '')})()`);
    const { log } = console;
    const { write } = process.stdout;
    console.log = (...values) => say(formatWithOptions({}, ...(values as [unknown])));
    process.stdout.write = text => Boolean(say(String(text)));
    try {
      await underPseudo(tables, 'en', () =>
        underPseudo(loaderTables, 'en', () =>
          inNotebook(
            () => run(...Object.values(scope)),
            ({ data }) => say(...textsOf(data)),
          ),
        ),
      );
    } finally {
      console.log = log;
      process.stdout.write = write;
    }
    assert.ok(shown.filter(texts => texts.join('').includes('\u0323')).length > 15);
    for (const [i, texts] of shown.entries()) {
      const own = new Set(unmarkedWords(sources[i] ?? ''));
      const unmarked = unmarkedWords(texts.join(' ')).filter(
        word => !NAMES.has(word) && !own.has(word),
      );
      assert.deepEqual([...new Set(unmarked)], [], sources[i]);
    }
  });
});
