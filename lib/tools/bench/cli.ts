/**
 * `npm run bench`: the table on the terminal, and `build/bench.json`.
 *
 *     npm run bench -- [--quick] [--only NAME …] [--lang zh|en]
 *     npm run bench -- --chart      draws .github/bench.svg from build/bench.json, and writes the
 *                                   tables of the README beside this file
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { text } from 'digits/language';
import { runCommand, speak } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { readJson, writeJson, writeWhole } from '../project/files';
import { readmeOf, writeTables } from '../project/marked-table';
import { projectRoot } from '../project/paths';
import { chart } from './chart';
import type { Report } from './report';
import { markdownOf } from './report-markdown';
import { describe } from './report-text';
import { names, runBenchmark } from './run';

const whole = join(projectRoot, 'build', 'bench.json');
/** Takes a part of the benchmark, which must not take the place of a whole run. */
const partial = join(projectRoot, 'build', 'bench.partial.json');
/** Its READMEs hold the tables. */
const folder = join('lib', 'tools', 'bench');
const picture = join(projectRoot, '.github', 'bench.svg');

async function main(): Promise<void> {
  const { quick, only, chart: draw, language } = readOptions();
  if (draw) return publish();
  const say = (line: string) => console.log(line);
  const report = await runBenchmark({ quick, only, language, say });
  const file = quick || only ? partial : whole;
  writeJson(file, report);
  console.log(`\n${describe(report)}\n\n${relative(process.cwd(), file)}`);
  if (report.troubles.length > 0) process.exitCode = 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      chart: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
  });
  const only = values.only?.flatMap(each => each.split(','));
  const known = names();
  const unknown = only?.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Failure({
      zh: `--only 应为下列名称之一：${known.join('、')}。收到：${unknown}`,
      en: `Expected --only to name one of ${known.join(', ')}. Received: ${unknown}`,
    });
  }
  return { ...values, only, language: speak(values.lang) };
}

function publish(): void {
  const report = readJson<Report>(whole);
  if (!report) {
    throw new Failure({
      zh: '没有 build/bench.json。请先运行 npm run bench。',
      en: 'There is no build/bench.json yet. Run npm run bench first.',
    });
  }
  writeWhole(picture, chart(report));
  writeTables(folder, 'bench', language => markdownOf(report, language));
  const files = [picture, readmeOf(folder, 'en'), readmeOf(folder, 'zh')].map(file =>
    relative(process.cwd(), file),
  );
  console.log(text({ zh: '图和表格：', en: 'Chart and tables: ' }) + files.join(', '));
}

void runCommand(main);
