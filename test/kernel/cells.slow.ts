/** The cells of `cells.system.ts` in Firefox and WebKit, which are to show the same. */
import { describeHost, otherHosts } from './cells';

for (const host of otherHosts) describeHost(host);
