/** The channel to the notebook on Node; `channel.browser.ts` is its twin for browsers. */
import { channel as hostChannel, type WriteDisplayData } from './channel.browser';

/** Finds the host's, or the one that a stock tslab keeps to itself; outside a notebook there is none. */
export function channel(): WriteDisplayData | undefined {
  const tslab = require.cache[require.resolve('tslab/dist/jupyter')];
  return hostChannel() ?? tslab?.exports.lastWriteDisplayData ?? undefined;
}
