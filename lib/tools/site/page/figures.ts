/**
 * Draws figures by Plotly's part for flat axes, which comes with the first one: of what JupyterLab's extension
 * brings of it, a page would load three times as much before its first cell. Other kinds of figures, such as
 * surfaces, are drawn by the whole of it, which the pages to read have.
 */
import { root } from './page';

interface Plotly {
  react(node: HTMLElement, figure: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  readonly Plots: { resize(node: HTMLElement): void };
}

/** What is used here of Lumino's widget, which JupyterLab shares at run time. */
interface Widget {
  readonly node: HTMLElement;
  addClass(name: string): void;
  dispose(): void;
}

interface Model {
  readonly data: Record<string, Figure>;
}

interface Figure {
  readonly data: readonly { readonly type?: string }[];
  readonly layout?: object;
}

const MIME_TYPE = 'application/vnd.plotly.v1+json';

/** Pixels of a figure that names no height. */
const height = 360;

/** The kinds that Plotly's part for flat axes draws. */
const FLAT = /^(bar|box|contour|heatmap|histogram|histogram2d(contour)?|image|pie|scatter|violin)$/;

const part = new URL('plotly.js', (document.currentScript as HTMLScriptElement).src).href;
const libraries: Record<string, Promise<Plotly>> = {};

async function libraryFor({ data }: Figure): Promise<Plotly> {
  const isFlat = data.every(({ type = 'scatter' }) => FLAT.test(type));
  const src = isFlat ? part : root + (await (await fetch(`${root}api/plotly.json`)).json());
  libraries[src] ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.onload = () => resolve((window as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => {
      // A network that is away for a moment is asked again.
      delete libraries[src];
      reject(new Error(`Expected Plotly at ${src}`));
    };
    document.head.append(script);
  });
  return libraries[src];
}

/** Makes what JupyterLab's registry of renderers wants, of Lumino's `Widget`. */
export function figureFactory(Base: new () => Widget) {
  class FigureRenderer extends Base {
    /** The library that drew the last figure: as JupyterLab's extension has it, for what dresses figures. */
    static Plotly: Plotly | undefined;
    private plotly: Plotly | undefined;
    private width = 0;
    private readonly resized = new ResizeObserver(() => {
      const { clientWidth } = this.node;
      if (clientWidth === 0 || clientWidth === this.width) return;
      this.width = clientWidth;
      this.plotly?.Plots.resize(this.node);
    });

    renderModel(model: Model): Promise<void> {
      this.addClass('jp-RenderedPlotly');
      return this.createGraph(model);
    }

    /** Draws a figure; in JupyterLab's extension, too, apart from what may show a saved picture in its place. */
    async createGraph({ data }: Model): Promise<void> {
      const figure = data[MIME_TYPE] as Figure;
      this.plotly = await libraryFor(figure);
      FigureRenderer.Plotly = this.plotly;
      this.width = this.node.clientWidth;
      await this.plotly.react(this.node, { ...figure, layout: { height, ...figure.layout } });
      this.resized.observe(this.node);
    }

    override dispose(): void {
      this.resized.disconnect();
      this.plotly?.purge(this.node);
      super.dispose();
    }
  }
  return { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new FigureRenderer() };
}
