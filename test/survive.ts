/** Deliberate faults, each with a row in the table of `test/README.md`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the table. */
const PARTS = {
  data: 'Data',
  setup: 'Set-up',
  kernel: 'Kernel',
  gpu: 'GPU, simulated',
  classroom: 'Classroom',
};

/** The rows of the table: the number of trials of each fault. */
export const table: ReadonlyMap<string, number> = new Map(
  Array.from(
    readFileSync(join(__dirname, 'README.md'), 'utf8').matchAll(/^\| (.+: .+) \| ([\d,]+) \|$/gm),
    ([, fault = '', times = '']) => [fault, Number(times.replaceAll(',', ''))],
  ),
);

/**
 * Tries a fault `times` times in sequence. A trial fails by throwing; the first failure is
 * thrown again once all were tried.
 *
 * `fault` is a literal in the file of the test, or a key of `mended.yml`: `survive.test.ts` looks for each line there.
 */
export async function survive(
  part: keyof typeof PARTS,
  fault: string,
  times: number,
  trial: (index: number) => unknown,
): Promise<void> {
  const failures: unknown[] = [];
  for (let index = 0; index < times; index++) {
    try {
      await trial(index);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  const name = `${PARTS[part]}: ${fault}`;
  // Other systems lack an engine or a permission, and try some faults less often.
  if (process.platform === 'linux' && table.get(name) !== times) {
    const row = `| ${name} | ${times.toLocaleString('en')} |`;
    throw new Error(`Expected this line in the table of test/README.md:\n${row}`);
  }
}
