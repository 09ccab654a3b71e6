/** What the NVIDIA driver says of its memory, in the tables without headings or units of `nvidia-smi`. */

/** Columns of `nvidia-smi`, as its arguments; a line a process or a card, memory in MiB. */
export const APPS = ['--query-compute-apps=pid,used_memory', '--format=csv,noheader,nounits'];
export const CARDS = ['--query-gpu=memory.used,memory.total', '--format=csv,noheader,nounits'];

const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .filter(line => line.includes(','))
    .map(line => line.split(',').map(cell => cell.trim()));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * The MiB that a process holds on all cards, by the table of {@link APPS}; undefined where the driver
 * does not say, as in a container, whose processes it knows by other numbers, or prints `[N/A]`.
 */
export function heldBy(pid: number, apps: string): number | undefined {
  const held = rowsOf(apps)
    .filter(([id]) => Number(id) === pid)
    .map(([, memory]) => Number(memory));
  return held.length > 0 && held.every(Number.isFinite) ? sum(held) : undefined;
}

/** The MiB in use on all cards, and the MiB that they have, by the table of {@link CARDS}. */
export function memoryOfCards(cards: string): { used: number; total: number } {
  const column = (at: number) => sum(rowsOf(cards).map(row => Number(row[at])));
  return { used: column(0), total: column(1) };
}
