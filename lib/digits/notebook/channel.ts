/** The output channel on Node; browser version: `channel.browser.ts`. */
import { channel as hostChannel, type WriteDisplayData } from './channel.browser';

/** Returns the host's channel, or stock tslab's internal channel; undefined outside a notebook. */
export function channel(): WriteDisplayData | undefined {
  const tslab = require.cache[require.resolve('tslab/dist/jupyter')];
  return hostChannel() ?? tslab?.exports.lastWriteDisplayData ?? undefined;
}
