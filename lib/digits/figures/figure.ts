import type { Config, Data, Layout } from 'plotly.js';
import { COLORS } from './colors';

/** A Plotly figure as plain data, with a text version. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
  /** Text version for readers who cannot see the figure. */
  readonly text: string;
}

/** Fonts with Chinese characters; SimHei comes first, as in the original tutorial. */
export const FONT_FAMILY =
  'SimHei, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif';

/** Returns a figure with the lesson's common look. */
export function figure(data: readonly object[], layout: Partial<Layout>, text: string): Figure {
  return {
    data: data as Data[],
    layout: {
      autosize: true,
      paper_bgcolor: 'white',
      plot_bgcolor: 'white',
      ...layout,
      font: { family: FONT_FAMILY, size: 14, color: COLORS.ink, ...layout.font },
    },
    // JupyterLab fits a figure to the width. A responsive figure, drawn over its saved picture, collapses at
    // the next click. Exported pages make their figures responsive.
    config: { responsive: false, displaylogo: false, displayModeBar: false },
    text,
  };
}
