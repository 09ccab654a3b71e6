/** Plotly's extension of JupyterLab, as far as it is changed here. */
interface Renderer {
  readonly node: HTMLElement;
  createGraph(model: unknown): Promise<void>;
  hasGraphElement(): boolean;
  onUpdateRequest(message: unknown): void;
}

interface RendererClass {
  readonly prototype: Renderer;
  /** The library, once the first figure is drawn. */
  Plotly: {
    toImage(...args: unknown[]): Promise<string>;
    readonly Plots: { resize(node: HTMLElement): void };
  } | null;
}

export interface RenderMimeRegistry {
  getFactory(type: string): { createRenderer(options: { mimeType: string }): object } | undefined;
}

const PLOTLY = 'application/vnd.plotly.v1+json';

/**
 * Has each figure drawn once. Plotly's extension draws it four times: anew at once, to its size though
 * that has not changed, and as a picture that it saves beside it, which a notebook needs that is shown
 * where no script runs. The page holds 120 MB less after "Run All".
 */
export function drawOnce(registry: RenderMimeRegistry): void {
  const renderer = registry.getFactory(PLOTLY)?.createRenderer({ mimeType: PLOTLY });
  if (!renderer) return;
  const own = renderer.constructor as unknown as RendererClass;
  // The library, which comes with the first figure, draws no pictures: one that never comes is not saved.
  let plotly = own.Plotly;
  Object.defineProperty(own, 'Plotly', {
    get: () => plotly,
    set: (library: RendererClass['Plotly']) => {
      plotly = library && { ...library, toImage: () => new Promise(() => {}) };
    },
  });
  const { prototype } = own;
  const { createGraph } = prototype;
  const widths = new WeakMap<Renderer, number>();
  prototype.createGraph = function (model) {
    widths.set(this, this.node.clientWidth);
    return createGraph.call(this, model);
  };
  prototype.onUpdateRequest = function () {
    const width = this.node.clientWidth;
    if (!own.Plotly || !this.hasGraphElement() || width === 0 || width === widths.get(this)) return;
    widths.set(this, width);
    own.Plotly.Plots.resize(this.node);
  };
}
