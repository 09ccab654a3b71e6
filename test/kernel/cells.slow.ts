/** The cells of `cells.system.ts` in Firefox and WebKit, with the same outputs. */
import { describeHost, otherHosts } from './cells';

for (const host of otherHosts) describeHost(host);
