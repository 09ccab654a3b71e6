/** `npm run bench`: tables on the terminal, and `build/bench.json` or `build/bench-models.json`. */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Text, text } from 'digits/language';
import { runCommand, speak } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { readJson, writeJson, writeWhole } from '../project/files';
import { readmeOf, writeTable, writeTables } from '../project/marked-table';
import { projectRoot } from '../project/paths';
import { chart } from './chart';
import type { ModelReport } from './models/report';
import { modelsMarkdown } from './models/report-markdown';
import { describeModels } from './models/report-text';
import { modelNames, runModels } from './models/run';
import type { Report } from './report';
import { markdownOf } from './report-markdown';
import { describe } from './report-text';
import { names, runBenchmark } from './run';

const USAGE: Text = {
  en: `npm run bench -- [options]
  Compares training the lesson's model, in about 20 minutes.
npm run bench -- --models [options]
  Compares training a dozen models of different kinds, in about 15 minutes.

  --only NAME       what to measure: rows or parts, with --models rows or models; may be repeated
  --quick           little of everything, to see that it works
  --chart           measure nothing: write the tables of the last whole run into the README, and the chart
  --lang zh|en      language of the messages
  --help            this help`,
  zh: `npm run bench -- [选项]
  比较课程模型的训练，约 20 分钟。
npm run bench -- --models [选项]
  比较十几个不同种类的模型的训练，约 15 分钟。

  --only NAME       只测哪些：行或部分，加 --models 时为行或模型；可以重复
  --quick           每样只测一点，看看能否运行
  --chart           不测量：把上一次完整运行的表格写进 README，并画图
  --lang zh|en      消息的语言
  --help            显示这些说明`,
};

/** What is measured: its file in `build`, and how its reports are made and shown. */
interface Kind<R> {
  readonly file: string;
  readonly names: readonly string[];
  run(options: Parameters<typeof runBenchmark>[0]): Promise<R>;
  describe(report: R): string;
  /** Tells whether a part of the run failed. */
  failed(report: R): boolean;
  /** Writes what the READMEs show of a report, and returns the files. */
  publish(report: R): string[];
}

const LESSON: Kind<Report> = {
  file: 'bench',
  names: names(),
  run: runBenchmark,
  describe,
  failed: ({ troubles }) => troubles.length > 0,
  publish(report) {
    const folder = join('lib', 'tools', 'bench');
    const picture = join(projectRoot, '.github', 'bench.svg');
    writeWhole(picture, chart(report));
    writeTables(folder, 'bench', language => markdownOf(report, language));
    return [picture, readmeOf(folder, 'en'), readmeOf(folder, 'zh')];
  },
};

const MODELS: Kind<ModelReport> = {
  file: 'bench-models',
  names: modelNames(),
  run: runModels,
  describe: describeModels,
  failed: ({ suspects }) => suspects.length > 0,
  publish(report) {
    const folder = join('lib', 'tfjs-graph');
    writeTable(folder, 'en', 'models', modelsMarkdown(report));
    return [readmeOf(folder, 'en')];
  },
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      chart: { type: 'boolean', default: false },
      lang: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const language = speak(values.lang);
  if (values.help) return console.log(text(USAGE));
  const options = { ...values, only: values.only?.flatMap(each => each.split(',')), language };
  await (values.models ? perform(MODELS, options) : perform(LESSON, options));
}

type Options = Omit<Parameters<typeof runBenchmark>[0], 'say'> & { readonly chart: boolean };

async function perform<R>(kind: Kind<R>, { chart: draw, ...options }: Options): Promise<void> {
  const whole = join(projectRoot, 'build', `${kind.file}.json`);
  if (draw) return publish(kind, whole);
  const { only, quick } = options;
  const unknown = only?.find(name => !kind.names.includes(name));
  if (unknown !== undefined) {
    throw new Failure({
      zh: `--only 应为下列名称之一：${kind.names.join('、')}。收到：${unknown}`,
      en: `Expected --only to name one of ${kind.names.join(', ')}. Received: ${unknown}`,
    });
  }
  const report = await kind.run({ ...options, say: line => console.log(line) });
  // A part of the benchmark must not take the place of a whole run.
  const file = quick || only ? join(projectRoot, 'build', `${kind.file}.partial.json`) : whole;
  writeJson(file, report);
  console.log(`\n${kind.describe(report)}\n\n${relative(process.cwd(), file)}`);
  if (kind.failed(report)) process.exitCode = 1;
}

function publish<R>(kind: Kind<R>, whole: string): void {
  const report = readJson<R>(whole);
  if (!report) {
    const command = `npm run bench${kind.file === MODELS.file ? ' -- --models' : ''}`;
    throw new Failure({
      zh: `没有 build/${kind.file}.json。请先运行 ${command}。`,
      en: `There is no build/${kind.file}.json yet. Run ${command} first.`,
    });
  }
  const files = kind.publish(report).map(file => relative(process.cwd(), file));
  console.log(text({ zh: '写好了：', en: 'Written: ' }) + files.join(', '));
}

void runCommand(main);
