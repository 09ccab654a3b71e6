/** The channel that a host, such as this project's kernels, puts up for whatever a cell shows. */

/** Takes several MIME types at once, to show or to replace. */
export type WriteDisplayData = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient?: { display_id: string };
  },
  update: boolean,
) => void;

/** Finds it; outside a notebook there is none. */
export const channel = (): WriteDisplayData | undefined =>
  (globalThis as unknown as Record<symbol, WriteDisplayData | undefined>)[
    Symbol.for('digits.display')
  ];
