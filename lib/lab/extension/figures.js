/** Plotly. In JupyterLab, only Plotly's extension can pass the library. */
let plotly = window.Plotly;

/** Adapts a drawn figure to phones, keyboards and dark themes. */
window.dressFigure = (figure, library = plotly) => {
  plotly = library;
  // JupyterLab may redraw a figure that is already adapted.
  if (figure.dataset.dressed) return;
  figure.dataset.dressed = 'true';
  // Fit the height first: a relayout with another width makes Plotly forget the original height.
  fitHeight(figure);
  fitWidth(figure);
  markGreyImages(figure);
  makeButtonsAccessible(figure);
};

/** Width of printed figures in pixels. Without it, figures would keep the window's width. */
const PRINT_WIDTH = 660;

function setWidths(layout) {
  for (const figure of document.querySelectorAll('.js-plotly-plot')) {
    plotly?.relayout(figure, layout);
  }
}
addEventListener('beforeprint', () => setWidths({ width: PRINT_WIDTH, autosize: false }));
addEventListener('afterprint', () => setWidths({ width: null, autosize: true }));

/** Width of a phone's window in pixels. Figure layouts fit all text into this width. */
const PHONE_WIDTH = 390;

/** Draws a figure at least as wide as a phone's window, and scales it down if space is narrower. */
function fitWidth(figure) {
  const { style } = figure;
  let scale = 1;
  const fit = () => {
    style.minWidth = '';
    const { autosize = true } = figure.layout;
    // Collapsed figures have no width.
    const fitted = autosize ? Math.min(1, (figure.clientWidth || PHONE_WIDTH) / PHONE_WIDTH) : 1;
    // Slides scale figures themselves.
    if (fitted === 1 && scale === 1) return;
    // Use percentages, so the figure resizes with the page.
    if (fitted < 1) style.minWidth = `${(100 * PHONE_WIDTH) / figure.parentElement.clientWidth}%`;
    style.transform = `scale(${fitted})`;
    style.transformOrigin = 'top left';
    style.marginBottom = `${(fitted - 1) * figure.clientHeight}px`;
    if (fitted === scale) return;
    scale = fitted;
    if (autosize) plotly.relayout(figure, { autosize });
  };
  fit();
  figure.on('plotly_afterplot', fit);
}

/** Removes Plotly's blank space below images, whose height follows the figure's width. */
function fitHeight(figure) {
  const { layout } = figure;
  const originalHeight = layout.height;
  const names = Object.keys(layout).filter(name => name.startsWith('yaxis'));
  const isPicture = ({ scaleanchor, constrain }) =>
    /^x/.test(scaleanchor) && constrain === 'domain';
  if (names.length === 0 || !names.every(name => isPicture(layout[name]))) return;
  const span = ([from, to]) => Math.abs(to - from);
  const share = ({ _inputDomain, domain }) => span(_inputDomain ?? domain);
  const fit = () => {
    const { _size: size, height, ...axes } = figure._fullLayout;
    const heights = names.map(name => {
      const y = axes[name];
      const x = axes[y.scaleanchor.replace('x', 'xaxis')];
      return (size.w * share(x) * y.scaleratio * span(y.range)) / span(x.range) / share(y);
    });
    const fitted = Math.min(originalHeight, Math.ceil(Math.max(...heights) + size.t + size.b));
    const { autosize = true } = figure.layout;
    if (Math.abs(fitted - height) > 1) plotly.relayout(figure, { height: fitted, autosize });
  };
  fit();
  figure.on('plotly_afterplot', fit);
}

/** SVG filter that inverts the dark theme's filter in figures.css: applied twice, grey levels are unchanged. */
const FILTER = `<svg width="0" height="0" style="position: absolute" aria-hidden="true">
  <filter id="digits-dark" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">
    <feColorMatrix values="0.574 -1.43 -0.144 0 1 -0.426 -0.43 -0.144 0 1 -0.426 -1.43 0.856 0 1 0 0 0 1 0"/>
  </filter>
</svg>`;

/** Marks greyscale images, such as digits, for figures.css, so that black stays black in a dark theme. */
function markGreyImages(figure) {
  if (!document.querySelector('#digits-dark'))
    document.body.insertAdjacentHTML('beforeend', FILTER);
  const markLayers = () => {
    for (const layer of figure.querySelectorAll('.hm, .im')) {
      const [{ trace }] = layer.__data__;
      const isGrey = trace.source ? isGreyPng(trace.source) : isGreyScale(trace.colorscale);
      layer.querySelector('image')?.classList.toggle('digits-grey', isGrey);
    }
  };
  markLayers();
  figure.on('plotly_afterplot', markLayers);
}

/** Returns whether a colour scale goes from black to white, in any CSS notation. */
function isGreyScale(colors) {
  const context = document.createElement('canvas').getContext('2d');
  const ends = [colors[0], colors.at(-1)].map(([, color]) => {
    context.fillStyle = color;
    return context.fillStyle;
  });
  return `${ends}` === '#000000,#ffffff';
}

/** Returns whether a PNG data URL is greyscale (colour type 0) without transparent gaps for text. */
function isGreyPng(address) {
  const png = atob(address.split(',')[1]);
  return png.charCodeAt(25) === 0 && png.includes('tRNS');
}

/**
 * Makes a figure's buttons, which Plotly draws only for the pointer, accessible by keyboard: Tab focuses a button,
 * Enter or Space presses it. The label includes the figure's current text.
 */
function makeButtonsAccessible(figure) {
  const { sliders = [], updatemenus = [] } = figure.layout;
  if (sliders.length + updatemenus.length === 0) return;
  // Children of an image are not accessible.
  figure.setAttribute('role', 'group');
  let wasPressed = false;
  const labelButtons = () => {
    const annotations = [...figure.querySelectorAll('.annotation-text')].map(
      text => text.dataset.unformatted,
    );
    for (const button of figure.querySelectorAll('.updatemenu-button')) {
      const label = [button.textContent, ...annotations].join(', ').replaceAll('<br>', ' ');
      button.setAttribute('aria-label', label);
      button.setAttribute('role', 'button');
      button.setAttribute('tabindex', '0');
      if (wasPressed) button.focus();
    }
    wasPressed = false;
  };
  labelButtons();
  figure.on('plotly_afterplot', labelButtons);
  figure.addEventListener('keydown', event => {
    const button = event.target.closest('.updatemenu-button');
    if (!button || !['Enter', ' '].includes(event.key)) return;
    // Space would scroll the page or go to the next slide.
    event.preventDefault();
    event.stopPropagation();
    wasPressed = true;
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  });
}
