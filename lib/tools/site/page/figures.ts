/**
 * Draws figures by Plotly, which comes with the first one: of what JupyterLab's extension brings of it, a
 * page would load three times as much before its first cell. Kinds of figures that this part of Plotly does
 * not know, such as surfaces, are drawn by the whole of it, which the pages to read have.
 */
import { root } from './page';

interface Plotly {
  react(node: HTMLElement, data: unknown, layout: object, config: unknown): Promise<unknown>;
  addFrames(node: HTMLElement, frames: unknown): Promise<unknown>;
  purge(node: HTMLElement): void;
  readonly Plots: { resize(node: HTMLElement): void };
}

interface Figure {
  readonly data: readonly { readonly type?: string }[];
  readonly layout?: { height?: number };
  readonly frames?: unknown;
  readonly config?: unknown;
}

interface Model {
  readonly data: Readonly<Record<string, unknown>>;
}

/** What is used here of Lumino's widget, which JupyterLab shares at run time. */
interface Widget {
  readonly node: HTMLElement;
  addClass(name: string): void;
  update(): void;
  dispose(): void;
}

const MIME_TYPE = 'application/vnd.plotly.v1+json';

/** The kinds that Plotly's part for flat axes draws. */
const FLAT = /^(bar|box|contour|heatmap|histogram|histogram2d(contour)?|image|pie|scatter|violin)$/;

/** Pixels of a figure that names no height. */
const HEIGHT = 360;

const part = new URL('plotly.js', (document.currentScript as HTMLScriptElement).src).href;
const libraries = new Map<string, Promise<Plotly>>();

async function libraryFor({ data }: Figure): Promise<Plotly> {
  if (data.every(({ type = 'scatter' }) => FLAT.test(type))) return library(part);
  const { plotly } = await (await fetch(`${root}api/plotly.json`)).json();
  return library(root + plotly);
}

function library(address: string): Promise<Plotly> {
  const loading = libraries.get(address) ?? load(address);
  libraries.set(address, loading);
  // A network that is away for a moment is asked again.
  loading.catch(() => libraries.delete(address));
  return loading;
}

const load = (address: string) =>
  new Promise<Plotly>((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: address });
    script.onload = () => resolve((window as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => reject(new Error(`Expected Plotly at ${address}`));
    document.head.append(script);
  });

/** Makes what JupyterLab's registry of renderers wants, of Lumino's `Widget`. */
export function figureFactory(Base: new () => Widget) {
  class FigureRenderer extends Base {
    /** The library that drew the last figure: as JupyterLab's extension has it, for what dresses figures. */
    static Plotly: Plotly | undefined;
    private plotly: Plotly | undefined;
    private width = 0;

    constructor() {
      super();
      this.addClass('jp-RenderedPlotly');
    }

    renderModel(model: Model): Promise<void> {
      return this.createGraph(model);
    }

    /** Draws a figure; in JupyterLab's extension, too, apart from what may show a saved picture in its place. */
    async createGraph(model: Model): Promise<void> {
      const figure = model.data[MIME_TYPE] as Figure;
      const { data, layout = {}, frames, config } = figure;
      this.plotly = await libraryFor(figure);
      FigureRenderer.Plotly = this.plotly;
      this.width = this.node.clientWidth;
      await this.plotly.react(this.node, data, { height: HEIGHT, ...layout }, config);
      if (frames) await this.plotly.addFrames(this.node, frames);
      this.update();
    }

    protected onAfterShow(): void {
      this.update();
    }

    protected onResize(): void {
      this.update();
    }

    protected onUpdateRequest(): void {
      const { clientWidth } = this.node;
      if (!this.plotly || clientWidth === 0 || clientWidth === this.width) return;
      this.width = clientWidth;
      this.plotly.Plots.resize(this.node);
    }

    override dispose(): void {
      this.plotly?.purge(this.node);
      super.dispose();
    }
  }
  return { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new FigureRenderer() };
}
