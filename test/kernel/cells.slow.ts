/** The cells of `cells.system.ts` in Firefox and WebKit, with the same outputs. */
import { describeHosts, otherHosts } from './cells';

describeHosts(otherHosts);
