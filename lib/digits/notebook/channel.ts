/** The channel to the notebook on Node; `channel.browser.ts` is its twin for browsers. */

/** Takes several MIME types at once, to show or to replace. */
export type WriteDisplayData = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient?: { display_id: string };
  },
  update: boolean,
) => void;

/** Finds tslab's for the running cell; there is none outside the kernel, which has not loaded tslab. */
export function channel(): WriteDisplayData | undefined {
  const kernel = require.cache[require.resolve('tslab/dist/jupyter')];
  return kernel?.exports.lastWriteDisplayData ?? undefined;
}
