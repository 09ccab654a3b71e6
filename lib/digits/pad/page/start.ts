/** Brings the pads of one display to life, in the page that shows it. */
import type { PadContent } from '../digit-pad';
import { unpack } from '../plain-network';
import { Pad } from './pad';
import { SetPad } from './set-pad';
import { View } from './view';

/**
 * @param id of the display. JupyterLab may show one output in several places, and run the script once
 * for each: every element that has the id and no pad yet gets one.
 */
export function start(id: string, { layers, texts, isSet }: PadContent): void {
  const network = layers.map(unpack);
  for (const host of document.querySelectorAll<HTMLElement>(`[data-digit-pad="${id}"]`)) {
    if (host.shadowRoot) continue;
    const view = new View(host, texts, isSet);
    if (isSet) new SetPad(view);
    else new Pad(view, network);
  }
}
