/**
 * Classroom features: a command that restores an original notebook, and warnings near resource limits (served by
 * `lib/class/classroom/learner_server.py`). The texts are in `classroom.json`; JupyterLab shows at most 140
 * characters of each.
 */
import { freeName } from './copies';

/** Fractions of a limit: warn at WARN_AT; allow another warning after usage falls below RESET_AT. */
const [WARN_AT, RESET_AT] = [0.8, 0.7];
const INTERVAL = 5000;

const fillIn = (text, used, limit) => text.replace('{used}', used).replace('{most}', limit);

export function openClassroom(
  app,
  tracker,
  { Notification, ServerConnection, menu, palette, texts },
) {
  const { contents, serverSettings } = app.serviceManager;
  let originals = [];

  async function request(init = {}) {
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
        const mark = count => texts.mine.replace(/(?=.$)/, count);
        await contents.rename(path, await freeName(contents, path, mark));
        await request({ method: 'POST', body: JSON.stringify({ name: path }) });
        await app.commands.execute('docmanager:open', { path });
      } catch {
        Notification.error(texts.failed, { autoClose: false });
      }
    },
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: 'Digits' });

  const warned = new Set();
  let lastEnd;
  async function checkStatus() {
    const { status, limits, originals: names } = await request();
    originals = names;
    const { ended: endTime, by, was } = status;
    // Report only kernels that ended while this page is open.
    if (endTime && lastEnd !== undefined && endTime !== lastEnd) {
      Notification.error(fillIn(texts.ended[by], was, limits[by]), { autoClose: false });
    }
    lastEnd = endTime;
    for (const [name, text] of Object.entries(texts.near)) {
      const usage = status[name] / limits[name];
      if (usage >= WARN_AT && !warned.has(name)) {
        warned.add(name);
        Notification.warning(fillIn(text, status[name], limits[name]), { autoClose: false });
      }
      if (usage < RESET_AT) warned.delete(name);
    }
  }
  const poll = () => checkStatus().catch(() => {});
  void poll();
  setInterval(poll, INTERVAL);
}
