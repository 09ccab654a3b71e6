import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import type { Figure } from '../figures/figure';
import type { Picture } from '../figures/history-picture';
import { escaped, toBase64 } from '../format';
import { messages } from '../language';
import { channel } from './channel';

/**
 * Shows a figure below the cell, with a text version for clients without figures.
 *
 * The notebook stores the figure as data, without a script, and draws it again when opened, even if untrusted.
 * Outside a notebook only the text is printed.
 *
 * @throws TypeError if the argument is not a figure.
 * @example
 * display(historyCurves({ loss: [0.33, 0.15, 0.11] }));
 */
export function display(figure: Figure): void {
  // Browsers do not check types.
  if (!Array.isArray(figure?.data) || typeof figure.text !== 'string') {
    throw new TypeError(messages().notebook.noFigure(typeof figure));
  }
  new LiveDisplay().figure(figure);
}

/**
 * Shows HTML below the cell, with a text version. Outside a notebook only the text is printed.
 *
 * @param metadata metadata of the output, saved in the notebook.
 */
export function displayHtml(html: string, text: string, metadata = {}): void {
  const write = channel();
  if (write) write({ data: { 'text/html': html, 'text/plain': text }, metadata }, false);
  else console.log(text);
}

/** Returns HTML that stays hidden until the reader clicks its summary. */
export const folded = (summary: string, html: string): string =>
  `<details><summary style="cursor: pointer; padding: 3px 0">${summary}</summary><div style="margin: 0 0 8px 16px">${html}</div></details>`;

/** An output area below the cell that can be updated. The notebook saves only the last state. */
export class LiveDisplay {
  private readonly write = channel();
  private readonly id = newId();
  private shown = false;

  /** Shows a picture without a script, fast enough for many updates per second. Outside a notebook nothing is shown. */
  picture({ svg, height, text }: Picture): void {
    const source = `data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(svg))}`;
    this.show({
      'text/html': `<img class="digits-picture" src="${source}" alt="${escaped(text)}" style="display: block; width: 100%; height: ${height}px; background: white">`,
      'text/plain': text,
    });
  }

  /** Shows a figure; outside a notebook the text is printed. */
  figure({ data, layout, config, text }: Figure): void {
    const plotly = { data, layout, config };
    if (!this.write) console.log(text);
    else this.show({ 'application/vnd.plotly.v1+json': plotly, 'text/plain': text });
  }

  private show(data: Record<string, unknown>): void {
    this.write?.({ data, metadata: {}, transient: { display_id: this.id } }, this.shown);
    this.shown = true;
  }
}

/** Returns a unique id. `randomUUID` is missing on pages over plain HTTP. */
export const newId = (): string => bytesToHex(randomBytes(16));
