/**
 * Has a notebook show what its cells have shown while no page had it open: JupyterLab forgets it, and the
 * kernel remembers (`lib/kernel/recent-runs.ts`). What is lost is told.
 */
(() => {
  // JupyterLab shows 140 characters.
  const TEXTS = {
    en: {
      lost: cells =>
        `${cells} was still running when this notebook was closed; its kernel has ended since. Run it again.`,
      changed: cells =>
        `${cells} ran on while this notebook was closed, with code that was not saved: its output is not here.`,
      cut: cells =>
        `${cells} showed more while this notebook was closed than is kept. Run it again to see the rest.`,
      more: n => ` and ${n} more`,
      go: 'Go to the Cell',
    },
    zh: {
      lost: cells => `关闭笔记本时${cells}还在运行，之后内核结束了。请重新运行。`,
      changed: cells => `笔记本关闭期间，${cells}继续运行的是没有保存的代码，输出无法放回这里。`,
      cut: cells => `笔记本关闭期间，${cells}的输出太多，只保留了开头。要看其余部分，请重新运行。`,
      more: n => `等 ${n + 1} 个单元格`,
      go: '转到单元格',
    },
  };
  /** Milliseconds for a notebook that was being saved while a cell ended: it lacks the end. */
  const SAVING = 2_000;
  /** What a page notes of the cells of a notebook that run in it, under a name that is its own. */
  const RUNNING = 'digits-lesson:running:';
  const page = Math.random();
  const keyOf = path => `${RUNNING}${path}|${page}`;

  /** Names cells by how the first one's code begins. */
  const named = ([{ model }, ...others], { more }) => {
    const [line = ''] = model.sharedModel.getSource().trim().split('\n');
    const name = line.length > 24 ? `“${line.slice(0, 24)}…”` : `“${line}”`;
    return others.length > 0 ? name + more(others.length) : name;
  };

  window.bringBackClosed = (app, tracker, { Notification, KernelMessage, isChinese }) => {
    const texts = () => TEXTS[isChinese() ? 'zh' : 'en'];
    /** The requests whose end this page has heard itself. */
    const heard = new Set();
    /** The notebooks whose cells run, and whose kernel ends together with this page. */
    const ending = new Set();
    addEventListener('beforeunload', event => {
      if (ending.size > 0) event.preventDefault();
    });

    /** Returns how many pages a server has for this kernel; undefined if it runs in this page. */
    async function connections(kernel) {
      const { kernels } = app.serviceManager;
      await kernels.refreshRunning();
      return [...kernels.running()].find(({ id }) => id === kernel.id)?.connections;
    }

    const usersHere = ({ id }) =>
      [...app.shell.widgets('main')].filter(
        ({ sessionContext }) => sessionContext?.session?.kernel?.id === id,
      ).length;

    /** Returns what pages have noted that are gone; `isApart` if they may be there, with kernels of their own. */
    async function left(path, isApart) {
      const noted = Object.keys(localStorage).filter(key => key.startsWith(`${RUNNING}${path}|`));
      // Browsers have locks where the address is https, or this machine's.
      if (!navigator.locks) return isApart ? [] : noted;
      const { held } = await navigator.locks.query();
      return noted.filter(key => !held.some(({ name }) => name === key));
    }

    /** Asks the kernel, and hands over what it knows before anything that it publishes afterwards. */
    function ask(kernel, since, take) {
      const { clientId: session, username } = kernel;
      const about = { msgType: 'recent_runs_request', channel: 'shell', content: { since } };
      const message = KernelMessage.createMessage({ ...about, session, username });
      const future = kernel.sendShellMessage(message, true);
      future.onIOPub = ({ header, content }) => {
        if (header.msg_type === 'recent_runs') take(content.runs);
      };
      return future.done;
    }

    /** Shows what a run has shown, and what it shows from now on, as if the page had asked for it. */
    function show(run, cell, kernel) {
      const { model, outputArea } = cell;
      const mark = state => {
        // JupyterLab before 4.4 has only the prompt.
        if (model.executionState === undefined) cell.setPrompt(state === 'running' ? '*' : '');
        else model.executionState = state;
      };
      const end = () => {
        mark('idle');
        model.executionCount = run.count;
      };
      const hear = (_, message) => {
        if (message.parent_header.msg_id !== run.id) return;
        const { header, content } = message;
        if (header.msg_type === 'execute_input') run.count = content.execution_count;
        future.onIOPub(message);
        if (content.execution_state === 'idle') end();
      };
      const follow = (_, status) => {
        if (!/restarting|dead/.test(status)) return;
        future.dispose();
        mark('idle');
      };
      const future = {
        msg: { header: { msg_id: run.id } },
        isDisposed: false,
        done: new Promise(() => {}),
        registerMessageHook() {},
        removeMessageHook() {},
        sendInputReply() {},
        dispose() {
          this.isDisposed = true;
          kernel.iopubMessage.disconnect(hear);
          kernel.statusChanged.disconnect(follow);
        },
      };
      model.clearExecution();
      model.trusted = true;
      outputArea.future = future;
      for (const { type, content } of run.messages) {
        future.onIOPub({ header: { msg_type: type }, content });
      }
      kernel.iopubMessage.connect(hear);
      kernel.statusChanged.connect(follow);
      if (run.isDone) end();
      else mark('running');
    }

    async function open(panel) {
      const { context, sessionContext, content: notebook } = panel;
      sessionContext.iopubMessage.connect((_, { header, parent_header, content }) => {
        const isEnd = header.msg_type === 'status' && content.execution_state === 'idle';
        if (isEnd && parent_header.msg_type === 'execute_request') heard.add(parent_header.msg_id);
      });
      await context.ready;
      let key;
      let asked;
      let release = () => {};
      let isRunning = false;
      let endsWithPage;
      let timer;

      const tell = (text, cells) => {
        if (cells.length === 0) return;
        const callback = () => {
          app.shell.activateById(panel.id);
          const at = notebook.widgets.indexOf(cells[0]);
          notebook.activeCellIndex = at;
          void notebook.scrollToItem(at);
        };
        const actions = [{ label: texts().go, callback }];
        Notification.warning(text(named(cells, texts())), { autoClose: false, actions });
      };

      async function arrive() {
        const kernel = sessionContext.session?.kernel;
        if (kernel?.name !== 'tslab' || kernel === asked) return;
        asked = kernel;
        await kernel.info;
        const pages = await connections(kernel);
        // Another page hears what its cells show, and saves it.
        if (pages > usersHere(kernel)) return;
        const saved = Date.parse(context.contentsModel.last_modified);
        const gone = await left(context.path, pages === undefined);
        await ask(kernel, saved - SAVING, runs => {
          const cellOf = id => notebook.widgets.find(({ model }) => model.id === id);
          const [changed, cut] = [[], []];
          for (const run of runs) {
            const cell = cellOf(run.cell);
            if (!run.messages || !cell?.outputArea || heard.has(run.id)) continue;
            // The learner is quicker, and has run it in this page.
            if (cell.outputArea.future?.msg.header.msg_id === run.id) continue;
            const { model } = cell;
            const isLater = !run.isDone || run.changed > saved;
            if (model.sharedModel.getSource() !== run.code) {
              if (isLater) changed.push(cell);
            } else if (isLater || model.executionCount !== run.count) {
              show(run, cell, kernel);
              if (run.isCut) cut.push(cell);
            }
          }
          const lost = gone.flatMap(key => JSON.parse(localStorage.getItem(key) ?? '[]'));
          for (const key of gone) localStorage.removeItem(key);
          const ended = lost.filter(id => !runs.some(({ cell }) => cell === id));
          tell(texts().lost, ended.map(cellOf).filter(Boolean));
          tell(texts().changed, changed);
          tell(texts().cut, cut);
        });
        endsWithPage = pages === undefined;
        note();
      }

      /** Notes which cells run, for whoever opens the notebook next, and whether this page is still here. */
      function note() {
        if (panel.isDisposed || endsWithPage === undefined) return;
        const cells = notebook.widgets.filter(
          ({ model, prompt }) => prompt === '*' || model.executionState === 'running',
        );
        const wasRunning = isRunning;
        isRunning = cells.length > 0;
        if (wasRunning) localStorage.removeItem(key);
        if (!isRunning) return void leave();
        if (!wasRunning) key = keyOf(context.path);
        localStorage.setItem(key, JSON.stringify(cells.map(({ model }) => model.id)));
        if (wasRunning) return;
        if (endsWithPage) ending.add(panel);
        const until = new Promise(done => {
          release = done;
        });
        void navigator.locks?.request(key, () => until);
      }
      const leave = () => {
        release();
        ending.delete(panel);
      };
      // A page may be left at once when a cell has ended.
      addEventListener('pagehide', note);
      panel.disposed.connect(() => {
        leave();
        removeEventListener('pagehide', note);
      });
      sessionContext.statusChanged.connect(() => {
        clearTimeout(timer);
        // The cell's reply comes behind the status.
        timer = setTimeout(note, 100);
      });
      // Without a server there is nothing to ask.
      const tryToArrive = () => arrive().catch(() => {});
      sessionContext.kernelChanged.connect(tryToArrive);
      await tryToArrive();
    }
    tracker.widgetAdded.connect((_, panel) => void open(panel));
    tracker.forEach(panel => void open(panel));
  };
})();
