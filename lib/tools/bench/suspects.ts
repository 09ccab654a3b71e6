/** Finds peers that train something else: their accuracy tells. */
import { type RowResult, steadySeconds } from './epochs';
import { median } from './statistics';

/** Runs of the same training lie less than 0.005 apart after five epochs. */
const APART = 0.01;

/** Returns the rows whose validation accuracy is not that of the others. */
export function suspects(rows: readonly RowResult[]): RowResult[] {
  const accuracy = ({ processes }: RowResult) =>
    processes.flatMap(({ logs }) => logs.val_accuracy ?? []);
  const trained = rows.filter(row => accuracy(row).length > 0 && steadySeconds(row).length > 0);
  if (trained.length === 0) return [];
  const usual = median(trained.map(row => median(accuracy(row))));
  return trained.filter(row => !(Math.abs(median(accuracy(row)) - usual) <= APART));
}
