/** Plotly, which in JupyterLab only its extension has. */
let plotly = window.Plotly;

/** Makes of a figure that Plotly has drawn one for all: on a phone, by keyboard, and in a dark theme. */
window.dressFigure = (figure, library = plotly) => {
  plotly = library;
  // Where JupyterLab draws it anew, it was told already.
  if (figure.dataset.dressed) return;
  figure.dataset.dressed = 'true';
  // In this order: a layout by another width makes Plotly forget the height that the figure is to have.
  fitHeight(figure);
  fitWidth(figure);
  keepGreys(figure);
  reachButtons(figure);
};

/** The width that figures have on paper, in pixels; they would keep that of the window. */
const PAPER = 660;

function setWidths(layout) {
  for (const figure of document.querySelectorAll('.js-plotly-plot')) {
    plotly?.relayout(figure, layout);
  }
}
addEventListener('beforeprint', () => setWidths({ width: PAPER, autosize: false }));
addEventListener('afterprint', () => setWidths({ width: null, autosize: true }));

/** The width of a phone's window, in pixels: figures are laid out to have room in it for all their words. */
const PHONE = 390;

/** Draws a figure as wide as a phone's window at least, and shows it smaller as a whole in less room. */
function fitWidth(figure) {
  const { style } = figure;
  let scale = 1;
  const fit = () => {
    style.minWidth = '';
    const { autosize = true } = figure.layout;
    // What is folded away has no width.
    const fitted = autosize ? Math.min(1, (figure.clientWidth || PHONE) / PHONE) : 1;
    // A slide has made its figures smaller by itself.
    if (fitted === 1 && scale === 1) return;
    // In per cent, so that the figure notices when the page becomes wider or narrower.
    if (fitted < 1) style.minWidth = `${(100 * PHONE) / figure.parentElement.clientWidth}%`;
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

/**
 * Keeps a figure that holds pictures alone as high as they are, whose height follows its width: Plotly leaves
 * blank what is below.
 */
function fitHeight(figure) {
  const { layout } = figure;
  const whole = layout.height;
  const names = Object.keys(layout).filter(name => name.startsWith('yaxis'));
  const isPicture = ({ scaleanchor, constrain }) =>
    /^x/.test(scaleanchor) && constrain === 'domain';
  if (names.length === 0 || !names.every(name => isPicture(layout[name]))) return;
  const span = ([from, to]) => Math.abs(to - from);
  const share = ({ _inputDomain, domain }) => span(_inputDomain ?? domain);
  const fit = () => {
    const { _size: room, height, ...axes } = figure._fullLayout;
    const needed = names.map(name => {
      const y = axes[name];
      const x = axes[y.scaleanchor.replace('x', 'xaxis')];
      return (room.w * share(x) * y.scaleratio * span(y.range)) / span(x.range) / share(y);
    });
    const fitted = Math.min(whole, Math.ceil(Math.max(...needed) + room.t + room.b));
    const { autosize = true } = figure.layout;
    if (Math.abs(fitted - height) > 1) plotly.relayout(figure, { height: fitted, autosize });
  };
  fit();
  figure.on('plotly_afterplot', fit);
}

/** Does to colours what figures.css does to a figure in a dark theme: done twice, greys are what they were. */
const FILTER = `<svg width="0" height="0" style="position: absolute" aria-hidden="true">
  <filter id="digits-dark" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">
    <feColorMatrix values="0.574 -1.43 -0.144 0 1 -0.426 -0.43 -0.144 0 1 -0.426 -1.43 0.856 0 1 0 0 0 1 0"/>
  </filter>
</svg>`;

/** Marks the pictures in greys, such as digits, for figures.css: black stays black in a dark theme. */
function keepGreys(figure) {
  if (!document.querySelector('#digits-dark'))
    document.body.insertAdjacentHTML('beforeend', FILTER);
  const mark = () => {
    for (const layer of figure.querySelectorAll('.hm, .im')) {
      const [{ trace }] = layer.__data__;
      const isGrey = trace.source ? isGreyPng(trace.source) : isGreyScale(trace.colorscale);
      layer.querySelector('image')?.classList.toggle('digits-grey', isGrey);
    }
  };
  mark();
  figure.on('plotly_afterplot', mark);
}

/** Whether a colour scale goes from black to white, in whatever words. */
function isGreyScale(colors) {
  const pen = document.createElement('canvas').getContext('2d');
  const ends = [colors[0], colors.at(-1)].map(([, color]) => {
    pen.fillStyle = color;
    return pen.fillStyle;
  });
  return `${ends}` === '#000000,#ffffff';
}

/** Whether a PNG, as the address that it is, holds greys, the format's colour type 0, without white gaps for words. */
function isGreyPng(address) {
  const png = atob(address.split(',')[1]);
  return png.charCodeAt(25) === 0 && png.includes('tRNS');
}

/**
 * Lets the keyboard reach the buttons of a figure, which Plotly draws for the pointer alone: Tab
 * comes to a button, Enter or Space presses it, and it says what the figure then shows.
 */
function reachButtons(figure) {
  const { sliders = [], updatemenus = [] } = figure.layout;
  if (sliders.length + updatemenus.length === 0) return;
  // What is within an image cannot be reached.
  figure.setAttribute('role', 'group');
  let pressed = false;
  const dress = () => {
    const shown = [...figure.querySelectorAll('.annotation-text')].map(
      text => text.dataset.unformatted,
    );
    for (const button of figure.querySelectorAll('.updatemenu-button')) {
      const label = [button.textContent, ...shown].join(', ').replaceAll('<br>', ' ');
      button.setAttribute('aria-label', label);
      button.setAttribute('role', 'button');
      button.setAttribute('tabindex', '0');
      if (pressed) button.focus();
    }
    pressed = false;
  };
  dress();
  figure.on('plotly_afterplot', dress);
  figure.addEventListener('keydown', event => {
    const button = event.target.closest('.updatemenu-button');
    if (!button || !['Enter', ' '].includes(event.key)) return;
    // A space would scroll the page, or turn to the next slide.
    event.preventDefault();
    event.stopPropagation();
    pressed = true;
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  });
}
