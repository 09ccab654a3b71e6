/** Brings the pads of one display to life, in the page that shows it. */
import { advice } from '../advice';
import type { PadContent } from '../digit-pad';
import { Drawing, type Point } from '../drawing';
import { mnistPicture } from '../mnist-picture';
import { type DenseLayer, output, unpack } from '../plain-network';
import { listen, type Paper } from './pen';
import { View } from './view';

/**
 * @param id of the display. JupyterLab may show one output in several places, and run the script once
 * for each: every element that has the id and no pad yet gets one.
 */
export function start(id: string, { layers, texts }: PadContent): void {
  const network = layers.map(unpack);
  for (const host of document.querySelectorAll<HTMLElement>(`[data-digit-pad="${id}"]`)) {
    if (!host.shadowRoot) connect(new View(host, texts), network);
  }
}

function connect(view: View, network: readonly DenseLayer[]): void {
  const drawing = new Drawing();
  let tip: Point | undefined;
  let down = false;
  const show = () => {
    const picture = mnistPicture(drawing.ink);
    view.showDrawing(drawing, picture, tip);
    view.showPicture(picture);
    const found = picture && advice(drawing.ink, picture.from);
    view.showReading(picture && output(network, picture.pixels), down, found);
  };
  const paper: Paper = {
    begin(at) {
      down = true;
      drawing.begin(at);
      show();
    },
    extend(to) {
      drawing.extend(to);
      show();
    },
    end() {
      down = false;
      show();
    },
    hover(at) {
      tip = at;
      show();
    },
    clear() {
      drawing.clear();
      show();
    },
  };
  listen(view.pad, paper);
  view.clear.addEventListener('click', paper.clear);
  show();
}
