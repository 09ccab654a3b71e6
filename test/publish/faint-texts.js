// Evaluated in a page: returns the visible texts with too little contrast to the background.
(() => {
  const rgba = colour => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b]
      .map(v => v / 255)
      .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) {
      const colour = rgba(getComputedStyle(ancestor).backgroundColor);
      if ((colour[3] ?? 1) > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const over = ([r, g, b, a = 1], back) => [r, g, b].map((v, i) => v * a + back[i] * (1 - a));
  const faint = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (
      !node.data.trim() ||
      element.closest('script, style, .js-plotly-plot, mjx-container, .aria-status')
    )
      continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { color, fontSize } = getComputedStyle(element);
    const back = behind(element);
    const [a, b] = [luminance(over(rgba(color), back)), luminance(back)].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < (parseFloat(fontSize) >= 24 ? 3 : 4.5)) {
      faint.add(
        contrast.toFixed(2) +
          ' ' +
          color +
          ' on ' +
          back.slice(0, 3) +
          ': ' +
          node.data.trim().slice(0, 40),
      );
    }
  }
  return [...faint];
})();
