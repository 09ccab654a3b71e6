/**
 * What a learner has in the classroom besides: a command that brings an original notebook back, and a
 * warning before a limit is reached (`lib/tools/classroom/learner_server.py` answers).
 */
(() => {
  // JupyterLab shows 140 characters.
  const TEXTS = {
    en: {
      restore: 'Get the Original Back (Keeps Your Copy)',
      mine: ' (mine)',
      failed: 'The original did not come. Wait a moment, then try again.',
      near: {
        memory: (used, most) =>
          `Your notebooks use ${used} of ${most} MB of memory. Shut down kernels that you do not need; at the limit the largest is ended.`,
        processes: (used, most) =>
          `You have started ${used} processes; ${most} are allowed. Beyond that, the kernel that started them is ended.`,
        disk: (used, most) =>
          `Your files take ${used} of ${most} MB. Delete what you do not need, such as old backups.`,
      },
      ended: {
        memory: (was, most) =>
          `Your largest kernel was ended: you used ${was} MB of memory; ${most} are allowed. Saved work stays; run the cells anew.`,
        processes: (was, most) =>
          `Your largest kernel was ended: you had ${was} processes; ${most} are allowed. Saved work stays; run the cells anew.`,
      },
    },
    zh: {
      restore: '取回原始笔记本（保留我的副本）',
      mine: '（我的）',
      failed: '没能取回原始笔记本。请稍等片刻再试。',
      near: {
        memory: (used, most) =>
          `你的笔记本已占用 ${used} MB 内存，上限 ${most} MB。请关闭不用的内核；一旦超限，最大的内核会被终止。`,
        processes: (used, most) =>
          `你已启动 ${used} 个进程，上限 ${most} 个；一旦超限，启动它们的内核会被终止。`,
        disk: (used, most) =>
          `你的文件已占用 ${used} MB，上限 ${most} MB。请删除不用的文件，例如旧的备份。`,
      },
      ended: {
        memory: (was, most) =>
          `你最大的内核已被终止：内存占用 ${was} MB，超过上限 ${most} MB。已保存的都在，请重新运行单元格。`,
        processes: (was, most) =>
          `你最大的内核已被终止：进程 ${was} 个，超过上限 ${most} 个。已保存的都在，请重新运行单元格。`,
      },
    },
  };
  /** Of a limit: where a learner is warned, and below which a warning may come anew. */
  const [NEAR, FAR] = [0.8, 0.7];
  const INTERVAL = 5000;

  window.openClassroom = (
    app,
    tracker,
    { Notification, ServerConnection, menu, palette, isChinese },
  ) => {
    const texts = TEXTS[isChinese() ? 'zh' : 'en'];
    const { contents, serverSettings } = app.serviceManager;
    let originals = [];

    async function ask(init = {}) {
      const address = `${serverSettings.baseUrl}digits/classroom`;
      const reply = await ServerConnection.makeRequest(address, init, serverSettings);
      if (!reply.ok) throw new Error(reply.statusText);
      return reply.json();
    }

    const command = 'digits-lesson:original';
    const current = () => tracker.currentWidget?.context;
    app.commands.addCommand(command, {
      label: texts.restore,
      isEnabled: () => originals.includes(current()?.path),
      execute: async () => {
        const { path } = current();
        try {
          await current().save();
          await contents.rename(path, await freeName(path));
          await ask({ method: 'POST', body: JSON.stringify({ name: path }) });
          await app.commands.execute('docmanager:open', { path });
        } catch {
          Notification.error(texts.failed, { autoClose: false });
        }
      },
    });
    menu?.fileMenu.addGroup([{ command }], 5);
    palette?.addItem({ command, category: 'Digits' });

    /** Returns a name that nothing has, such as `lesson.en (mine 2).ipynb`. */
    async function freeName(path) {
      for (let number = 1; ; number++) {
        const mark = number > 1 ? texts.mine.replace(/.$/, ` ${number}$&`) : texts.mine;
        const name = path.replace(/(?=\.\w+$)/, mark);
        const taken = contents.get(name, { content: false });
        if (
          !(await taken.then(
            () => true,
            () => false,
          ))
        )
          return name;
      }
    }

    const warned = new Set();
    let ended;
    async function look() {
      const { status, limits, originals: known } = await ask();
      originals = known;
      const { ended: end, by, was } = status;
      // What ended before this page was opened is told by the page that was open then.
      if (end && ended !== undefined && end !== ended) {
        Notification.error(texts.ended[by](was, limits[by]), { autoClose: false });
      }
      ended = end;
      for (const [name, say] of Object.entries(texts.near)) {
        const part = status[name] / limits[name];
        if (part >= NEAR && !warned.has(name)) {
          warned.add(name);
          Notification.warning(say(status[name], limits[name]), { autoClose: false });
        }
        if (part < FAR) warned.delete(name);
      }
    }
    const again = () => look().catch(() => {});
    void again();
    setInterval(again, INTERVAL);
  };
})();
