/**
 * JupyterLab plugins. They open the cell in the URL's fragment (`#cell-id=stage-8`), which JupyterLab does only for
 * open notebooks, and show the outline at the first visit. They also hide the file browser on small screens, make
 * figures accessible, print whole notebooks, edit texts at a double-click, send guesses and drawn digits to the kernel,
 * translate labels, and add the classroom's features.
 */
import { provideExtension } from 'kernel/browser/page/extension';
import { openClassroom } from './classroom';
import classroomTexts from './classroom.json';
import './figures';
import figureStyles from './figures.css';
import printStyles from './print.css';

// Read early: JupyterLab clears the fragment while it starts.
const id = /^#cell-id=(.+)$/.exec(location.hash)?.[1];
// JupyterLite has the file in a parameter, JupyterLab in the path.
const pathParameter = new URLSearchParams(location.search).get('path');
const path = pathParameter === null ? decodeURIComponent(location.pathname) : `/${pathParameter}`;
const OUTLINE_SEEN_KEY = 'digits-lesson:outline-seen';
const ROOM_FOR_OUTLINE = 1200; // pixels; in a narrower window, figures need the space
const ROOM_FOR_FILES = 1000; // pixels; in a narrower window, the file browser covers the notebook

async function waitForNotebook(shell) {
  for (;;) {
    const panel = shell.currentWidget;
    if (panel?.content?.setFragment && path.endsWith(`/${panel.context.path}`)) return panel;
    await new Promise(done => shell.currentChanged.connect(done));
  }
}

/** Repeats an action for 3 s, because JupyterLab may open the file browser later. */
async function repeat(action) {
  for (let tries = 0; tries < 12; tries++) {
    await action();
    await new Promise(done => setTimeout(done, 250));
  }
}

async function showOutline(commands) {
  const outline = document.querySelector('.jp-TableOfContents');
  if (!outline?.offsetParent) await commands.execute('toc:show-panel');
}

async function openCell({ shell, commands }) {
  const panel = await waitForNotebook(shell);
  await panel.context.ready;
  await panel.revealed;
  if (window.innerWidth >= ROOM_FOR_OUTLINE && !localStorage.getItem(OUTLINE_SEEN_KEY)) {
    localStorage.setItem(OUTLINE_SEEN_KEY, 'true');
    void repeat(() => showOutline(commands));
  }
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(cell => cell.model.id === id);
  if (index < 0) return;
  // Select the cell for "Run All Above Selected Cell".
  notebook.activeCellIndex = index;
  await notebook.setFragment(`#cell-id=${id}`);
}

// In a narrow window, menu names would break after each Chinese character.
const menuStyles = '.lm-MenuBar-itemLabel { white-space: nowrap; }';
const style = document.createElement('style');
style.textContent = [menuStyles, figureStyles, printStyles].join('\n');
document.head.append(style);

/** Hides the file browser in a narrow window, where JupyterLab shows it next to an opened notebook. */
function hideFileBrowser({ restored, shell }, tracker) {
  if (window.innerWidth >= ROOM_FOR_FILES) return;
  tracker.widgetAdded.connect(async (_, { context, revealed }) => {
    await Promise.all([restored, context.ready, revealed]);
    await repeat(() => shell.collapseLeft?.()); // the notebook app has no left sidebar
  });
}

const PLOTLY = 'application/vnd.plotly.v1+json';

/**
 * Makes figures accessible: screen readers read the `text/plain` alternative, the keyboard reaches the buttons, and
 * colours follow the theme, as on exported pages.
 */
function makeFiguresAccessible(registry, themes) {
  const renderer = registry.getFactory(PLOTLY)?.createRenderer({ mimeType: PLOTLY });
  if (!renderer) return;
  const { prototype } = renderer.constructor;
  const { renderModel, createGraph } = prototype;
  // Saved images are white: in a dark theme, show the figure as soon as the image is in view.
  const visibility = new IntersectionObserver(pictures => {
    if (document.body.dataset.jpThemeLight !== 'false') return;
    for (const { isIntersecting, target } of pictures) {
      if (isIntersecting) target.dispatchEvent(new MouseEvent('mouseenter'));
    }
  });
  themes?.themeChanged.connect(() => {
    for (const image of document.querySelectorAll('.jp-RenderedPlotly > img')) {
      visibility.unobserve(image);
      visibility.observe(image);
    }
  });
  prototype.renderModel = function (model) {
    const { node } = this;
    const { sliders = [], updatemenus = [] } = model.data[PLOTLY].layout ?? {};
    const isImage = sliders.length + updatemenus.length === 0;
    const text = model.data['text/plain'];
    // Without a text alternative, as in other notebooks, labels inside are better than an image role.
    if (text) {
      node.setAttribute('role', isImage ? 'img' : 'group');
      node.setAttribute('aria-label', text);
    }
    // The website draws figures without saved images.
    const image = node.querySelector('img');
    if (image) {
      image.alt = '';
      visibility.observe(image);
    }
    // JupyterLab replaces a saved image by the figure on hover: do the same on keyboard focus.
    if (image && !isImage && node.tabIndex < 0) {
      node.tabIndex = 0;
      node.addEventListener('focus', () => {
        if (!this.hasGraphElement()) image.dispatchEvent(new MouseEvent('mouseenter'));
      });
    }
    return renderModel.call(this, model);
  };
  prototype.createGraph = async function (model) {
    // Viewing a figure with a saved image must not modify the notebook.
    const isSaved = model.data['image/png'] !== undefined;
    const unsavedModel = isSaved ? Object.create(model, { setData: { value() {} } }) : model;
    await createGraph.call(this, unsavedModel);
    window.dressFigure(this.node, this.constructor.Plotly);
  };
}

/** Prints the current notebook as displayed, with all cells and in a light theme. */
function printNotebooks({ shell }, themes, { NotebookPanel, Printing }) {
  let restore = () => {};
  /** Renders all cells. JupyterLab may render only visible cells, or not have finished. */
  const renderCells = async () => {
    const notebook = shell.currentWidget?.content;
    if (!notebook?.notebookConfig) return;
    restore();
    const { notebookConfig, layout, widgets } = notebook;
    if (notebookConfig.windowingMode === 'full') {
      notebook.notebookConfig = { ...notebookConfig, windowingMode: 'none' };
      restore = () => {
        notebook.notebookConfig = notebookConfig;
        restore = () => {};
      };
    }
    widgets.forEach((cell, index) => {
      if (!cell.isAttached) layout.insertWidget(index, cell);
    });
    await Promise.all(widgets.map(({ ready }) => ready));
  };
  addEventListener('beforeprint', renderCells);
  addEventListener('afterprint', () => restore());
  NotebookPanel.prototype[Printing.symbol] = () => async () => {
    await renderCells();
    await new Promise(requestAnimationFrame);
    print();
  };
  const light = { rel: 'stylesheet', media: 'print' };
  const sheet = Object.assign(document.createElement('link'), light);
  themes?.themeChanged.connect(() => {
    const theme = document.querySelector('link[href*="theme-"][href$="/index.css"]');
    if (!theme) return;
    sheet.href = new URL('../../@jupyterlab/theme-light-extension/index.css', theme.href).href;
    // The later style sheet takes precedence.
    document.body.append(sheet);
  });
}

/**
 * Adds Chinese labels for the selected cell and for the number of collapsed cells. JupyterLab's language pack lacks
 * the first, and Markdown cells receive no translator for the second.
 */
function translateLabels(translator, nullTranslator) {
  if (!/^zh/.test(translator.languageCode)) return;
  const [chinese, fallback] = [translator, nullTranslator].map(item => item.load('jupyterlab'));
  const { __ } = chinese;
  chinese.__ = (text, ...values) =>
    text === 'Cell %1/%2' ? `单元格 ${values.join('/')}` : __.call(chinese, text, ...values);
  const { _n } = fallback;
  fallback._n = (one, many, n, ...rest) =>
    one === '%1 cell hidden' ? `${n} 个单元格已折叠` : _n.call(fallback, one, many, n, ...rest);
}

/**
 * Sends notes from outputs to the kernel for the learner's record: guesses, drawn digits and opened quiz options.
 * `preventDefault` tells the sender that its note is passed on.
 */
function sendNotes(tracker, KernelMessage) {
  /** Returns whether the element is in a notebook of the lesson's kernel, which may still be starting. */
  const send = (from, content) => {
    const context = tracker.find(({ node }) => node.contains(from))?.sessionContext;
    const expected = context?.isReady ? undefined : context?.kernelPreference;
    if ((context?.session?.kernel ?? expected)?.name !== 'tslab') return false;
    void context.ready.then(() => {
      const kernel = context.session?.kernel;
      if (kernel?.name !== 'tslab') return;
      const { clientId: session, username } = kernel;
      const message = { msgType: 'note_request', channel: 'shell', content, session, username };
      kernel.sendShellMessage(KernelMessage.createMessage(message), true);
    });
    return true;
  };
  document.addEventListener('digits-note', event => {
    if (send(event.target, event.detail)) event.preventDefault();
  });
  // `toggle` does not bubble.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const [q, o] = (target.dataset.digitsQuiz ?? '').split(' ').map(Number);
      if (target.open && o >= 0) send(target, { q, o });
    },
    true,
  );
}

/** Starts editing a text at a double-click. JupyterLab shows its source, but takes letters as keyboard shortcuts. */
function editOnDoubleClick({ commands }) {
  const edit = ({ target }) => {
    if (!target.closest('.jp-MarkdownCell .jp-RenderedMarkdown')) return;
    void commands.execute('notebook:enter-edit-mode');
  };
  // In the capture phase: JupyterLab then removes the target from the page.
  document.addEventListener('dblclick', edit, true);
}

const config = document.querySelector('#jupyter-config-data')?.textContent ?? '{}';
const isClassroom = Boolean(JSON.parse(config).hubUser);

const plugin = (name, activate, requires = [], optional = []) => ({
  ...{ id: `digits-lesson:${name}`, autoStart: true, requires, optional, activate },
});

provideExtension('digits-lesson', async shared => {
  const names = ['notebook', 'rendermime', 'apputils', 'translation', 'services'];
  if (isClassroom) names.push('mainmenu');
  const packages = await Promise.all(names.map(name => shared(`@jupyterlab/${name}`)));
  const lab = Object.assign({}, ...packages);
  const { INotebookTracker, IRenderMimeRegistry, IThemeManager, ITranslator } = lab;
  const plugins = [
    plugin('stage', app => void app.restored.then(() => openCell(app))),
    plugin('room', hideFileBrowser, [INotebookTracker]),
    plugin('edit', editOnDoubleClick),
    plugin(
      'figures',
      // Plotly's extension may be registered later.
      ({ started }, ...parts) => void started.then(() => makeFiguresAccessible(...parts)),
      [IRenderMimeRegistry],
      [IThemeManager],
    ),
    plugin('notes', (_, tracker) => sendNotes(tracker, lab.KernelMessage), [INotebookTracker]),
    plugin('print', (app, themes) => printNotebooks(app, themes, lab), [], [IThemeManager]),
    plugin('labels', (_, translator) => translateLabels(translator, lab.nullTranslator), [
      ITranslator,
    ]),
  ];
  if (!isClassroom) return plugins;
  const activate = (app, tracker, translator, menu, palette) => {
    const texts = classroomTexts[/^zh/.test(translator?.languageCode) ? 'zh' : 'en'];
    openClassroom(app, tracker, { ...lab, menu, palette, texts });
  };
  const optional = [ITranslator, lab.IMainMenu, lab.ICommandPalette].filter(Boolean);
  return [...plugins, plugin('classroom', activate, [INotebookTracker], optional)];
});
