/** The output channel that a host, such as this project's kernels, provides for display data. */

/** Shows or updates an output with several MIME types. */
export type WriteDisplayData = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient?: { display_id: string };
  },
  update: boolean,
) => void;

/** Returns the host's channel; undefined outside a notebook. */
export const channel = (): WriteDisplayData | undefined =>
  (globalThis as unknown as Record<symbol, WriteDisplayData | undefined>)[
    Symbol.for('digits.display')
  ];
