/**
 * Draws figures by Plotly's part for flat axes, which comes with the first one: of what JupyterLab's extension
 * brings of it, a page would load three times as much before its first cell.
 */

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
  readonly data: Record<string, { readonly layout?: object }>;
}

const MIME_TYPE = 'application/vnd.plotly.v1+json';

/** Pixels of a figure that names no height. */
const height = 360;

const src = new URL('plotly.js', (document.currentScript as HTMLScriptElement).src).href;
let loading: Promise<Plotly> | undefined;

const load = () =>
  new Promise<Plotly>((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.onload = () => resolve((window as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => {
      // A network that is away for a moment is asked again.
      loading = undefined;
      reject(new Error(`Expected Plotly at ${src}`));
    };
    document.head.append(script);
  });

/** Makes what JupyterLab's registry of renderers wants, of Lumino's `Widget`. */
export function figureFactory(Base: new () => Widget) {
  class FigureRenderer extends Base {
    /** As JupyterLab's extension has it, for what dresses figures. */
    static Plotly: Plotly | undefined;
    private width = 0;
    private readonly resized = new ResizeObserver(() => {
      const { clientWidth } = this.node;
      if (clientWidth === 0 || clientWidth === this.width) return;
      this.width = clientWidth;
      FigureRenderer.Plotly?.Plots.resize(this.node);
    });

    renderModel(model: Model): Promise<void> {
      this.addClass('jp-RenderedPlotly');
      return this.createGraph(model);
    }

    /** Draws a figure; in JupyterLab's extension, too, apart from what may show a saved picture in its place. */
    async createGraph({ data }: Model): Promise<void> {
      const figure = data[MIME_TYPE];
      loading ??= load();
      FigureRenderer.Plotly = await loading;
      this.width = this.node.clientWidth;
      await FigureRenderer.Plotly.react(this.node, {
        ...figure,
        layout: { height, ...figure?.layout },
      });
      this.resized.observe(this.node);
    }

    override dispose(): void {
      this.resized.disconnect();
      FigureRenderer.Plotly?.purge(this.node);
      super.dispose();
    }
  }
  return { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new FigureRenderer() };
}
