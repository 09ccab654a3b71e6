/**
 * `npm run matrix`: runs the lesson and the tests with each Node and each Python, in fresh copies of
 * what is committed, and makes a table of the results. It takes a quarter of an hour a pair.
 *
 *     npm run matrix -- [--node 22,24] [--python 3.11,3.13] [--quick] [--keep]
 *     npm run matrix -- --write     writes the table of test/README from build/versions.json
 *
 * `--quick` runs the core of the tests; `--keep` leaves the copies in build/versions.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../project/command';
import { Failure, same } from '../project/failure.mjs';
import { writeJson } from '../project/files';
import { writeTables } from '../project/marked-table';
import { projectRoot } from '../project/paths';
import { table } from '../project/text-table';
import { runPair } from './pair';
import { findPythons, installNode, type Run } from './programs';
import { NODES, RECORD, type Result, readResults, tableOf, withResult } from './version-table';

const folder = join(projectRoot, 'build', 'versions');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      node: { type: 'string', default: NODES.join() },
      python: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.write) return write();

  const pythons = await findPythons();
  const wanted = values.python?.split(',') ?? [...pythons.keys()];
  const unknown = wanted.find(name => !pythons.has(name));
  if (unknown) {
    const found = [...pythons.keys()];
    throw new Failure({
      en: `Found no Python ${unknown} that set-up can use, only ${found.join(', ')}.`,
      zh: `没有找到安装程序可用的 Python ${unknown}，找到的是 ${found.join('、')}。`,
    });
  }
  const results: Result[] = [];
  for (const node of values.node.split(',')) {
    const bin = await installNode(Number(node), join(folder, `node-${node}`), run);
    for (const [name, python] of pythons) {
      if (!wanted.includes(name)) continue;
      console.log(`\nNode ${node}, Python ${name}`);
      const result = await runPair({
        from: projectRoot,
        to: join(folder, `${node}-${name}`),
        bin,
        python,
        extent: values.quick ? 'core' : 'all',
        keep: values.keep,
        say: line => console.log(`  ${line}`),
      });
      results.push(result);
      writeJson(RECORD, withResult(readResults(), result));
    }
  }
  console.log(`\n${describe(results)}\n\nLogs: ${relative(process.cwd(), folder)}`);
  if (results.some(({ lesson, tests }) => lesson === undefined || tests?.failed !== 0)) {
    process.exitCode = 1;
  }
}

const run: Run = async (program, args, cwd) => {
  const { execa } = await import('execa');
  const { failed, message } = await execa(program, args, { cwd, reject: false });
  if (failed) throw new Failure(same(message ?? program));
};

function write(): void {
  const results = readResults();
  if (results.length === 0) {
    throw new Failure({
      en: 'There is no build/versions.json yet. Run npm run matrix first.',
      zh: '没有 build/versions.json。请先运行 npm run matrix。',
    });
  }
  writeTables('test', 'versions', language => tableOf(results, language));
}

const describe = (results: readonly Result[]): string =>
  table(
    ['Node', 'Python', 'lesson s', 'tests', 'passed', 'failed', 'skipped'],
    results.map(({ node, python, lesson, tests, extent }) => [
      node,
      python,
      lesson?.toFixed(0) ?? '✖',
      extent,
      ...(tests ? [tests.passed, tests.failed, tests.skipped].map(String) : ['✖', '', '']),
    ]),
  );

void runCommand(main);
