import type { Figure } from '../figures/figure';
import type { Picture } from '../figures/history-picture';
import { escaped, toBase64 } from '../format';
import { messages } from '../language';
import { channel } from './channel';

/**
 * Shows a figure below the cell, with the same in words for readers that draw no figures.
 *
 * The figure is saved in the notebook as data, without a script: it is drawn again when the
 * notebook is opened, even an untrusted one. Outside a notebook only the words are printed.
 *
 * @throws TypeError if it is given something else.
 * @example
 * display(historyCurves({ loss: [0.33, 0.15, 0.11] }));
 */
export function display(figure: Figure): void {
  // In a browser no types are checked.
  if (!Array.isArray(figure?.data) || typeof figure.text !== 'string') {
    throw new TypeError(messages().notebook.noFigure(typeof figure));
  }
  new LiveDisplay().figure(figure);
}

/**
 * Shows HTML below the cell, with the same in words; outside a notebook it prints the words.
 *
 * @param metadata is saved in the notebook with the output.
 */
export const displayHtml = (html: string, text: string, metadata = {}): void =>
  show('text/html', html, text, metadata);

/** Returns HTML that stays hidden until the reader clicks its summary. */
export const folded = (summary: string, html: string): string =>
  `<details><summary style="cursor: pointer; padding: 3px 0">${summary}</summary><div style="margin: 0 0 8px 16px">${html}</div></details>`;

/** Shows sentences below the cell, in Markdown; outside a notebook it prints them. */
export const displayMarkdown = (text: string): void => show('text/markdown', text, text);

function show(type: string, content: string, text: string, metadata = {}): void {
  const write = channel();
  if (write) write({ data: { [type]: content, 'text/plain': text }, metadata }, false);
  else console.log(text);
}

/** A place below the cell that shows one thing after another. The notebook saves only the last. */
export class LiveDisplay {
  private readonly write = channel();
  private readonly id = newId();
  private shown = false;

  /**
   * Shows a picture, without a script, so that one can follow another many times a second. Outside a
   * notebook it shows nothing.
   */
  picture({ svg, height, text }: Picture): void {
    const source = `data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(svg))}`;
    this.show({
      'text/html': `<img class="digits-picture" src="${source}" alt="${escaped(text)}" style="display: block; width: 100%; height: ${height}px; background: white">`,
      'text/plain': text,
    });
  }

  /** Shows a figure; outside a notebook it prints its words. */
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

/**
 * Returns a name that nothing else has. Not `randomUUID`, which browsers leave out of pages that came
 * without https.
 */
export const newId = (): string =>
  Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
