/** Finds rows that train something else than the others: their loss tells. */
import { median } from '../statistics';
import type { ModelResult } from './report';

/** How far from the others' loss, as a share of it, that of a row may lie: initial weights are random. */
const APART = 0.3;

/** And how far in itself: of small losses the initial weights are a larger share. */
const LITTLE = 0.02;

/** Names the models and rows whose loss after the same number of epochs is not that of the others. */
export function suspectsOf(models: readonly ModelResult[]): string[] {
  return models.flatMap(({ title, rows }) => {
    const trained = rows.flatMap(row => {
      const losses = row.trouble ? undefined : row.processes[0]?.losses;
      return losses ? [{ title: row.title, losses }] : [];
    });
    // Those whose epochs were taken again have trained more.
    const epochs = Math.min(...trained.map(({ losses }) => losses.length));
    const losses = trained.map(row => ({ title: row.title, loss: Number(row.losses[epochs - 1]) }));
    if (losses.length === 0) return [];
    const usual = median(losses.map(({ loss }) => loss));
    return losses
      .filter(({ loss }) => !(Math.abs(loss - usual) <= APART * usual + LITTLE))
      .map(row => `${title} · ${row.title}: loss ${row.loss.toFixed(4)}, ${usual.toFixed(4)}`);
  });
}
