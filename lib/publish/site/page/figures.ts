/**
 * Draws figures with Plotly's cartesian bundle, loaded with the first figure. JupyterLab's extension would load three
 * times as much before the first cell. Other figures, such as surfaces, use the complete Plotly of the HTML pages.
 */
import { root } from './page';

interface Plotly {
  react(node: HTMLElement, figure: object): Promise<unknown>;
  purge(node: HTMLElement): void;
  readonly Plots: { resize(node: HTMLElement): void };
}

/** The members used of Lumino's widget, which JupyterLab shares at run time. */
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

/** Default height in pixels. */
const height = 360;

/** Trace types of Plotly's cartesian bundle. */
const FLAT_TYPES =
  /^(bar|box|contour|heatmap|histogram|histogram2d(contour)?|image|pie|scatter|violin)$/;

const flatUrl = new URL('plotly.js', (document.currentScript as HTMLScriptElement).src).href;
const libraries: Record<string, Promise<Plotly>> = {};

async function libraryFor({ data }: Figure): Promise<Plotly> {
  const isFlat = data.every(({ type = 'scatter' }) => FLAT_TYPES.test(type));
  const src = isFlat ? flatUrl : root + (await (await fetch(`${root}api/plotly.json`)).json());
  libraries[src] ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.onload = () => resolve((window as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => {
      // Allow a retry after a network failure.
      delete libraries[src];
      reject(new Error(`Expected Plotly at ${src}`));
    };
    document.head.append(script);
  });
  return libraries[src];
}

/** Returns a renderer factory for JupyterLab's registry, based on Lumino's `Widget`. */
export function figureFactory(Base: new () => Widget) {
  class FigureRenderer extends Base {
    /** The library of the last figure, read by `figures.js` as in JupyterLab's extension. */
    static Plotly: Plotly | undefined;
    private plotly: Plotly | undefined;
    private width = 0;
    private readonly resizeObserver = new ResizeObserver(() => {
      const { clientWidth } = this.node;
      if (clientWidth === 0 || clientWidth === this.width) return;
      this.width = clientWidth;
      this.plotly?.Plots.resize(this.node);
    });

    renderModel(model: Model): Promise<void> {
      this.addClass('jp-RenderedPlotly');
      return this.createGraph(model);
    }

    /** Draws a figure, like the method of JupyterLab's extension that `figures.js` patches. */
    async createGraph({ data }: Model): Promise<void> {
      const figure = data[MIME_TYPE] as Figure;
      this.plotly = await libraryFor(figure);
      FigureRenderer.Plotly = this.plotly;
      this.width = this.node.clientWidth;
      await this.plotly.react(this.node, { ...figure, layout: { height, ...figure.layout } });
      this.resizeObserver.observe(this.node);
    }

    override dispose(): void {
      this.resizeObserver.disconnect();
      this.plotly?.purge(this.node);
      super.dispose();
    }
  }
  return { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new FigureRenderer() };
}
