/** Prints how long programs take with and without the engine: `npx tsx test/tfjs-graph/programs/table.ts [PROGRAM …]`. */
import { largestDifference, PROGRAMS, type Program, run } from './run';

async function measure(program: Program) {
  const rounds = [];
  for (let round = 0; round < 3; round++) {
    const [stock, ours] = [await run(program, 'off'), await run(program, 'on')];
    const ratio = stock.seconds / ours.seconds;
    rounds.push({
      program,
      stock: stock.seconds,
      ours: ours.seconds,
      ratio,
      difference: largestDifference(ours, stock),
    });
  }
  return rounds.sort((a, b) => a.ratio - b.ratio)[1];
}

async function main(programs: readonly Program[]): Promise<void> {
  const rows = [];
  for (const program of programs) rows.push(await measure(program));
  console.table(rows);
}

const [, , ...names] = process.argv;
main((names.length > 0 ? names : Object.keys(PROGRAMS)) as Program[]);
