/**
 * `npm run matrix`: the lesson and the tests with each Node and each Python, in fresh copies of what
 * is committed, and the table of what came out. It takes a quarter of an hour a pair.
 *
 *     npm run matrix -- [--node 22,24] [--python 3.11,3.13] [--quick] [--keep]
 *     npm run matrix -- --write     writes the table of test/README from build/versions.json
 *
 * `--quick` runs the core of the tests; `--keep` leaves the copies in build/versions.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../bench/report-text';
import { writeWhole } from '../project/files';
import { writeTables } from '../project/marked-table';
import { projectRoot } from '../project/paths';
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
  if (values.write) {
    return writeTables('test', 'versions', language => tableOf(readResults(), language));
  }

  const pythons = await findPythons();
  const wanted = values.python?.split(',') ?? [...pythons.keys()];
  const unknown = wanted.find(name => !pythons.has(name));
  if (unknown) {
    throw new Error(`Found no Python ${unknown} that set-up takes, but ${[...pythons.keys()]}`);
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
      writeWhole(RECORD, `${JSON.stringify(withResult(readResults(), result), undefined, 1)}\n`);
    }
  }
  console.log(`\n${describe(results)}\n\nLogs: ${relative(process.cwd(), folder)}`);
  if (results.some(({ lesson, tests }) => lesson === undefined || tests?.failed !== 0)) {
    process.exitCode = 1;
  }
}

const run: Run = async (program, args, cwd) => {
  const { execa } = await import('execa');
  await execa(program, args, { cwd });
};

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

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
