/**
 * `npm run bench`: the table on the terminal, and `build/bench.json`.
 *
 *     npm run bench -- [--quick] [--only NAME …] [--lang zh|en]
 *     npm run bench -- --chart      draws .github/bench.svg from build/bench.json, and writes the
 *                                   tables of the README beside this file
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { setLanguage, text } from 'digits/language';
import { Failure, preferredLanguage, textOf } from '../project/failure.mjs';
import { writeWhole } from '../project/files';
import { readmeOf, writeTables } from '../project/marked-table';
import { projectRoot } from '../project/paths';
import { chart } from './chart';
import type { Report } from './report';
import { markdownOf } from './report-markdown';
import { describe } from './report-text';
import { names, runBenchmark } from './run';

const whole = join(projectRoot, 'build', 'bench.json');
/** A part of the benchmark must not take the place of a whole run. */
const partial = join(projectRoot, 'build', 'bench.partial.json');
/** Its READMEs hold the tables. */
const folder = join('lib', 'tools', 'bench');
const picture = join(projectRoot, '.github', 'bench.svg');

async function main(): Promise<void> {
  const { quick, only, draw, language } = readOptions();
  setLanguage(language);
  if (draw) return publish();
  const say = (line: string) => console.log(line);
  const report = await runBenchmark({ quick, only, language, say });
  const file = quick || only ? partial : whole;
  writeWhole(file, `${JSON.stringify(report, undefined, 1)}\n`);
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
  if (values.lang !== undefined && values.lang !== 'zh' && values.lang !== 'en') {
    throw new Failure({
      zh: `--lang 只能是 zh 或 en。收到：${values.lang}`,
      en: `Expected --lang zh or --lang en. Received: ${values.lang}`,
    });
  }
  const language = preferredLanguage(values.lang);
  return { quick: values.quick ?? false, only, draw: values.chart ?? false, language };
}

function publish(): void {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(whole, 'utf8'));
  } catch {
    throw new Failure({
      zh: '没有 build/bench.json。请先运行 npm run bench。',
      en: 'There is no build/bench.json yet. Run npm run bench first.',
    });
  }
  mkdirSync(join(projectRoot, '.github'), { recursive: true });
  writeWhole(picture, chart(report));
  writeTables(folder, 'bench', language => markdownOf(report, language));
  const files = [picture, readmeOf(folder, 'en'), readmeOf(folder, 'zh')].map(file =>
    relative(process.cwd(), file),
  );
  console.log(text({ zh: '图表和数字：', en: 'Chart and figures: ' }) + files.join(', '));
}

main().catch(error => {
  const message = textOf(error);
  console.error(message ? message[preferredLanguage()] : error);
  process.exitCode = 1;
});
