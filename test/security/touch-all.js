// Evaluated in a page: follows all its links, presses all its buttons, points at all its parts.
(() => {
  const touched = document.querySelectorAll(
    '[data-mime-type] *, .jp-RenderedPlotly *, .js-plotly-plot *, .jp-RenderedMarkdown *',
  );
  for (const element of touched) {
    for (const type of ['mouseover', 'mousemove', 'focus', 'click']) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    }
  }
})();
