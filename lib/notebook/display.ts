import type { Figure } from '../figures/figure';

/** tslab's channel to the notebook: several MIME types at once, new or in place of an earlier one. */
type WriteDisplayData = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient?: { display_id: string };
  },
  update: boolean,
) => void;

/**
 * Shows a figure below the cell, with the same in words for where no figure can be drawn.
 *
 * The figure is saved in the notebook as data, without a script: it is drawn again when the
 * notebook is opened, also an untrusted one. Outside a notebook only the words are printed.
 *
 * @example
 * display(historyCurves({ loss: [0.33, 0.15, 0.11] }));
 */
export function display({ data, layout, config, text }: Figure): void {
  const write = channel();
  if (!write) {
    console.log(text);
    return;
  }
  const content = {
    'application/vnd.plotly.v1+json': { data, layout, config },
    'text/plain': text,
  };
  write({ data: content, metadata: {} }, false);
}

/** The running cell's channel; undefined outside the kernel, where tslab has not been loaded. */
function channel(): WriteDisplayData | undefined {
  const kernel = require.cache[require.resolve('tslab/dist/jupyter')];
  return kernel?.exports.lastWriteDisplayData ?? undefined;
}
