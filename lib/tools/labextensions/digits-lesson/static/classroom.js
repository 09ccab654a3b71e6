/**
 * What a learner has in the classroom besides: a command that brings an original notebook back, and a
 * warning before a limit is reached (`lib/tools/classroom/learner_server.py` answers). The texts are in
 * `classroom.json`; JupyterLab shows 140 characters of each.
 */
(() => {
  /** Of a limit: where a learner is warned, and below which a warning may come anew. */
  const [NEAR, FAR] = [0.8, 0.7];
  const INTERVAL = 5000;

  const filled = (text, used, most) => text.replace('{used}', used).replace('{most}', most);

  window.openClassroom = (
    app,
    tracker,
    { Notification, ServerConnection, menu, palette, texts },
  ) => {
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
        const file = await contents.get(name, { content: false }).catch(() => undefined);
        if (!file) return name;
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
        Notification.error(filled(texts.ended[by], was, limits[by]), { autoClose: false });
      }
      ended = end;
      for (const [name, text] of Object.entries(texts.near)) {
        const part = status[name] / limits[name];
        if (part >= NEAR && !warned.has(name)) {
          warned.add(name);
          Notification.warning(filled(text, status[name], limits[name]), { autoClose: false });
        }
        if (part < FAR) warned.delete(name);
      }
    }
    const again = () => look().catch(() => {});
    void again();
    setInterval(again, INTERVAL);
  };
})();
