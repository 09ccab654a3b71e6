/**
 * Plugins for JupyterLab, in the form in which JupyterLab loads them, so that nothing must be built.
 * One goes to the cell that the address names (`#cell-id=stage-8`), which JupyterLab itself does only
 * for a notebook that is already open, and shows the outline to a learner who has not seen it yet. The
 * others give a notebook its room on a small screen, open figures to those who do not see them, have no
 * pointer, or a dark theme, have a notebook printed as a whole, tell the kernel of guesses, translate
 * labels, and do what the classroom has besides.
 */
(() => {
  // Read at once: JupyterLab clears the address while it starts.
  const id = /^#cell-id=(.+)$/.exec(location.hash)?.[1];
  // JupyterLite names the file in a parameter, JupyterLab in the path.
  const named = new URLSearchParams(location.search).get('path');
  const path = named === null ? decodeURIComponent(location.pathname) : `/${named}`;
  const SEEN = 'digits-lesson:outline-seen';
  const ROOM_FOR_OUTLINE = 1200; // pixels; narrower, the figures need the width
  const ROOM_FOR_FILES = 1000; // pixels; narrower, their list leaves the notebook none

  async function openedNotebook(shell) {
    for (;;) {
      const panel = shell.currentWidget;
      if (panel?.content?.setFragment && path.endsWith(`/${panel.context.path}`)) return panel;
      await new Promise(done => shell.currentChanged.connect(done));
    }
  }

  /** Shows the outline, and again if JupyterLab comes to show the list of the files in its place. */
  async function showOutline(commands) {
    for (let looks = 0; looks < 12; looks++) {
      const outline = document.querySelector('.jp-TableOfContents');
      if (!outline?.offsetParent) await commands.execute('toc:show-panel');
      await new Promise(done => setTimeout(done, 250));
    }
  }

  async function arrive({ shell, commands }) {
    const panel = await openedNotebook(shell);
    await panel.context.ready;
    await panel.revealed;
    if (window.innerWidth >= ROOM_FOR_OUTLINE && !localStorage.getItem(SEEN)) {
      localStorage.setItem(SEEN, 'true');
      void showOutline(commands);
    }
    const notebook = panel.content;
    const at = notebook.widgets.findIndex(cell => cell.model.id === id);
    if (at < 0) return;
    // Selected, so that "Run All Above Selected Cell" means this one.
    notebook.activeCellIndex = at;
    await notebook.setFragment(`#cell-id=${id}`);
  }

  // In a narrow window the names of the menus would break after each Chinese character.
  const style = document.createElement('style');
  style.textContent = '.lm-MenuBar-itemLabel { white-space: nowrap; }';
  document.head.append(style);

  /** Puts the list of the files away in a narrow window, where JupyterLab shows it with a notebook that it opens. */
  function leaveRoom({ restored, shell }, tracker) {
    if (window.innerWidth >= ROOM_FOR_FILES) return;
    tracker.widgetAdded.connect(async (_, { context, revealed }) => {
      await Promise.all([restored, context.ready, revealed]);
      // JupyterLab may come to show it later.
      for (let looks = 0; looks < 12; looks++) {
        shell.collapseLeft?.(); // the notebook app has no left side
        await new Promise(done => setTimeout(done, 250));
      }
    });
  }

  const PLOTLY = 'application/vnd.plotly.v1+json';

  const beside = name => new URL(name, document.currentScript.src).href;
  const [figures, classroom] = ['figures.js', 'classroom.js'].map(name =>
    Object.assign(document.createElement('script'), { src: beside(name) }),
  );
  const classroomLoaded = new Promise(resolve => classroom.addEventListener('load', resolve));
  const classroomTexts = beside('classroom.json');
  const styles = ['figures.css', 'print.css'].map(name =>
    Object.assign(document.createElement('link'), { rel: 'stylesheet', href: beside(name) }),
  );
  document.head.append(figures, ...styles);
  const config = document.querySelector('#jupyter-config-data')?.textContent ?? '{}';
  const isClassroom = Boolean(JSON.parse(config).hubUser);
  if (isClassroom) document.head.append(classroom);

  /**
   * Has a screen reader say a figure's words, `text/plain` beside it, the keyboard reach its buttons, and
   * its colours follow the theme, as on the exported pages.
   */
  function openFigures(registry, themes) {
    const renderer = registry.getFactory(PLOTLY)?.createRenderer({ mimeType: PLOTLY });
    if (!renderer) return;
    const { prototype } = renderer.constructor;
    const { renderModel, createGraph } = prototype;
    // A saved picture is white: in a dark theme the figure takes its place as soon as it is in view.
    const inView = new IntersectionObserver(pictures => {
      if (document.body.dataset.jpThemeLight !== 'false') return;
      for (const { isIntersecting, target } of pictures) {
        if (isIntersecting) target.dispatchEvent(new MouseEvent('mouseenter'));
      }
    });
    themes?.themeChanged.connect(() => {
      for (const picture of document.querySelectorAll('.jp-RenderedPlotly > img')) {
        inView.unobserve(picture);
        inView.observe(picture);
      }
    });
    prototype.renderModel = function (model) {
      const { node } = this;
      const { sliders = [], updatemenus = [] } = model.data[PLOTLY].layout ?? {};
      const isImage = sliders.length + updatemenus.length === 0;
      const words = model.data['text/plain'];
      // Without words, as of another's notebook, the labels within are better than an image.
      if (words) {
        node.setAttribute('role', isImage ? 'img' : 'group');
        node.setAttribute('aria-label', words);
      }
      // The website draws figures without one.
      const picture = node.querySelector('img');
      if (picture) {
        picture.alt = '';
        inView.observe(picture);
      }
      // A saved picture gives way to the figure when the pointer comes to it: so it does to the keyboard.
      if (picture && !isImage && node.tabIndex < 0) {
        node.tabIndex = 0;
        node.addEventListener('focus', () => {
          if (!this.hasGraphElement()) picture.dispatchEvent(new MouseEvent('mouseenter'));
        });
      }
      return renderModel.call(this, model);
    };
    prototype.createGraph = async function (model) {
      // To look at a figure whose picture is saved changes nothing in the notebook.
      const isSaved = model.data['image/png'] !== undefined;
      const own = isSaved ? Object.create(model, { setData: { value() {} } }) : model;
      await createGraph.call(this, own);
      window.dressFigure?.(this.node, this.constructor.Plotly);
    };
  }

  /** Has the notebook on show printed as it stands in the page, to its last cell, and as in a light theme. */
  function printNotebooks({ shell }, themes, { prototype }, Printing) {
    let restore = () => {};
    /** Lays out all cells, of which JupyterLab may hold those in view alone, or not have come to the last ones. */
    const layOut = async () => {
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
      widgets.forEach((cell, at) => {
        if (!cell.isAttached) layout.insertWidget(at, cell);
      });
      await Promise.all(widgets.map(({ ready }) => ready));
    };
    addEventListener('beforeprint', layOut);
    addEventListener('afterprint', () => restore());
    prototype[Printing.symbol] = () => async () => {
      await layOut();
      await new Promise(requestAnimationFrame);
      print();
    };
    const light = { rel: 'stylesheet', media: 'print' };
    const sheet = Object.assign(document.createElement('link'), light);
    themes?.themeChanged.connect(() => {
      const own = document.querySelector('link[href*="theme-"][href$="/index.css"]');
      if (!own) return;
      sheet.href = new URL('../../@jupyterlab/theme-light-extension/index.css', own.href).href;
      // Of two themes the later one holds.
      document.body.append(sheet);
    });
  }

  /**
   * Says in Chinese which cell is selected, and how many are hidden below a folded heading: the first is
   * missing in JupyterLab's language pack, for which the second is the third cell; and JupyterLab gives a
   * Markdown cell no translator.
   */
  function translateLabels(translator, nullTranslator) {
    if (!/^zh/.test(translator.languageCode)) return;
    const [own, none] = [translator, nullTranslator].map(each => each.load('jupyterlab'));
    const { __ } = own;
    own.__ = (text, ...values) =>
      text === 'Cell %1/%2' ? `单元格 ${values.join('/')}` : __.call(own, text, ...values);
    const { _n } = none;
    none._n = (one, many, n, ...others) =>
      one === '%1 cell hidden' ? `${n} 个单元格已折叠` : _n.call(none, one, many, n, ...others);
  }

  /**
   * Tells the kernel what is clicked in its outputs, for the learner's record: a guess, and of each question of the
   * quiz the option that is opened.
   */
  function tellClicks(tracker, KernelMessage) {
    const tell = (from, content) => {
      const panel = tracker.find(({ node }) => node.contains(from));
      const kernel = panel?.sessionContext.session?.kernel;
      if (kernel?.name !== 'tslab') return;
      const { clientId: session, username } = kernel;
      const about = { msgType: 'note_request', channel: 'shell', content };
      kernel.sendShellMessage(KernelMessage.createMessage({ ...about, session, username }), true);
    };
    document.addEventListener('digits-note', ({ target, detail }) => tell(target, detail));
    // It does not bubble.
    document.addEventListener(
      'toggle',
      ({ target }) => {
        const [q, o] = (target.dataset.digitsQuiz ?? '').split(' ').map(Number);
        if (target.open && o >= 0) tell(target, { q, o });
      },
      true,
    );
  }

  const plugins = (
    { INotebookTracker, NotebookPanel },
    IRenderMimeRegistry,
    { ICommandPalette, IThemeManager, Notification, Printing },
    { ITranslator, nullTranslator },
    { KernelMessage, ServerConnection },
    IMainMenu,
  ) => [
    {
      id: 'digits-lesson:stage',
      autoStart: true,
      activate: app => {
        app.restored.then(() => arrive(app));
      },
    },
    {
      id: 'digits-lesson:room',
      autoStart: true,
      requires: [INotebookTracker],
      activate: leaveRoom,
    },
    {
      id: 'digits-lesson:figures',
      autoStart: true,
      requires: [IRenderMimeRegistry],
      optional: [IThemeManager],
      // Plotly's extension may be registered after this one.
      activate: ({ started }, registry, themes) =>
        void started.then(() => openFigures(registry, themes)),
    },
    {
      id: 'digits-lesson:notes',
      autoStart: true,
      requires: [INotebookTracker],
      activate: (_, tracker) => tellClicks(tracker, KernelMessage),
    },
    {
      id: 'digits-lesson:classroom',
      autoStart: isClassroom,
      requires: [INotebookTracker],
      optional: [ITranslator, IMainMenu, ICommandPalette].filter(Boolean),
      activate: (app, tracker, translator, menu, palette) => {
        const language = /^zh/.test(translator?.languageCode) ? 'zh' : 'en';
        const loaded = fetch(classroomTexts).then(reply => reply.json());
        void Promise.all([loaded, classroomLoaded]).then(([{ [language]: texts }]) => {
          const means = { Notification, ServerConnection, menu, palette, texts };
          window.openClassroom(app, tracker, means);
        });
      },
    },
    {
      id: 'digits-lesson:print',
      autoStart: true,
      optional: [IThemeManager],
      activate: (app, themes) => printNotebooks(app, themes, NotebookPanel, Printing),
    },
    {
      id: 'digits-lesson:labels',
      autoStart: true,
      requires: [ITranslator],
      activate: (_, translator) => translateLabels(translator, nullTranslator),
    },
  ];
  let scope;

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB['digits-lesson'] = {
    init(given) {
      scope = given;
    },
    async get() {
      const shared = async name => (await Object.values(scope[name])[0].get())();
      const notebook = await shared('@jupyterlab/notebook');
      const { IRenderMimeRegistry } = await shared('@jupyterlab/rendermime');
      const apputils = await shared('@jupyterlab/apputils');
      const translation = await shared('@jupyterlab/translation');
      const services = await shared('@jupyterlab/services');
      const { IMainMenu } = isClassroom ? await shared('@jupyterlab/mainmenu') : {};
      const given = [notebook, IRenderMimeRegistry, apputils, translation, services, IMainMenu];
      const all = plugins(...given);
      return () => ({ __esModule: true, default: all });
    },
  };
})();
