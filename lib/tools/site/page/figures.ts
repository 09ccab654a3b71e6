/**
 * Draws figures by Plotly, which comes with the first one: of what JupyterLab's extension brings of it, a
 * page would load three times as much before its first cell. Kinds of figures that this part of Plotly does
 * not know, such as surfaces, are drawn by the whole of it, which the pages to read have.
 */
import type * as PlotlyJs from 'plotly.js';
import { root } from './page';

type Plotly = typeof PlotlyJs;

interface Figure {
  readonly data: PlotlyJs.Data[];
  readonly layout?: Partial<PlotlyJs.Layout>;
  readonly frames?: PlotlyJs.Frame[];
  readonly config?: Partial<PlotlyJs.Config>;
}

/** What is used here of Lumino's widget, which JupyterLab shares at run time. */
interface Widget {
  readonly node: HTMLElement;
  addClass(name: string): void;
  dispose(): void;
}

const MIME_TYPE = 'application/vnd.plotly.v1+json';

/** The kinds that Plotly's part for flat axes draws. */
const FLAT = /^(bar|box|contour|heatmap|histogram|histogram2d(contour)?|image|pie|scatter|violin)$/;

/** Pixels of a figure that names no height. */
const HEIGHT = 360;

const part = new URL('plotly.js', (document.currentScript as HTMLScriptElement).src).href;
const libraries: Record<string, Promise<Plotly>> = {};

async function libraryFor({ data }: Figure): Promise<Plotly> {
  const isFlat = data.every(({ type = 'scatter' }) => FLAT.test(type));
  const address = isFlat ? part : root + (await (await fetch(`${root}api/plotly.json`)).json());
  libraries[address] ??= load(address).catch(error => {
    // A network that is away for a moment is asked again.
    delete libraries[address];
    throw error;
  });
  return libraries[address];
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
    private readonly resized = new ResizeObserver(() => this.resize());
    private plotly: Plotly | undefined;
    private width = 0;

    constructor() {
      super();
      this.addClass('jp-RenderedPlotly');
    }

    renderModel(model: { data: Record<string, unknown> }): Promise<void> {
      return this.createGraph(model);
    }

    /** Draws a figure; in JupyterLab's extension, too, apart from what may show a saved picture in its place. */
    async createGraph(model: { data: Record<string, unknown> }): Promise<void> {
      const figure = model.data[MIME_TYPE] as Figure;
      const { data, layout = {}, frames, config } = figure;
      this.plotly = await libraryFor(figure);
      FigureRenderer.Plotly = this.plotly;
      this.width = this.node.clientWidth;
      await this.plotly.react(this.node, data, { height: HEIGHT, ...layout }, config);
      if (frames) await this.plotly.addFrames(this.node, frames);
      this.resized.observe(this.node);
    }

    private resize(): void {
      const { clientWidth } = this.node;
      if (clientWidth === 0 || clientWidth === this.width) return;
      this.width = clientWidth;
      this.plotly?.Plots.resize(this.node);
    }

    override dispose(): void {
      this.resized.disconnect();
      this.plotly?.purge(this.node);
      super.dispose();
    }
  }
  return { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new FigureRenderer() };
}
