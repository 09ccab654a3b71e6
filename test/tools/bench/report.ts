/** Reports for the tests, as a run would leave them. */
import type { BrowserResult, BrowserRun } from '../../../lib/tools/bench/browser-runs';
import type { RowResult, Trained } from '../../../lib/tools/bench/epochs';
import type { Report } from '../../../lib/tools/bench/report';

/** A row whose processes have steady epochs of these seconds. */
export function rowOf(name: string, steady: number[][], more: Partial<RowResult> = {}): RowResult {
  const epoch = (seconds: number) => ({
    seconds,
    cpu: seconds,
    foreign: 0,
    disturbed: false,
    logs: { loss: 0.06, accuracy: 0.98, val_loss: 0.09, val_accuracy: 0.97 },
  });
  const processes = steady.map(
    (seconds): Trained => ({
      first: epoch(1),
      steady: seconds.map(epoch),
      five: 1 + seconds.slice(0, 4).reduce((sum, each) => sum + each, 0),
      peak: 5e8,
      logs: epoch(1).logs,
      losses: [2, ...seconds.map(() => 0.06)],
    }),
  );
  return { name, title: name, versions: {}, processes, ...more };
}

/** A run in a browser whose epochs have these seconds. */
export const browserRun = (epochs: number[], more: Partial<BrowserRun> = {}): BrowserRun => ({
  ...{ cell: 2, kernel: 3, runAll: 8, foreign: 0, disturbed: false },
  ...{ transferred: 17_560_000, memory: 7e8, settled: 4.5e8 },
  epochs: epochs.map(seconds => ({ seconds, foreign: 0, disturbed: false })),
  ...more,
});

export const browserOf = (
  runs: readonly BrowserRun[],
  more: Partial<BrowserResult> = {},
): BrowserResult => ({
  ...{ name: 'browser', title: 'digits · Chromium', versions: { Chromium: '143.0' }, runs },
  ...more,
});

export function reportOf(parts: Partial<Report>): Report {
  return {
    date: '2026-01-02T03:04:05.000Z',
    quick: false,
    machine: { processor: 'Chip <1>', cores: 2, memory: 2 ** 34, system: 'Linux 6' },
    versions: { 'Node.js': '22.0.0' },
    samples: 60_000,
    batch: 64,
    rows: [],
    lesson: [],
    growth: [],
    exponents: [],
    large: [],
    targets: [],
    troubles: [],
    ...parts,
  };
}
