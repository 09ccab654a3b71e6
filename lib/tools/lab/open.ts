/** JupyterLab on the lesson: `npm start`. */
import type { Options } from '../options.mjs';
import { onShutdownSignal } from '../project/command';
import { Failure } from '../project/failure.mjs';
import { freePort } from '../project/free-port';
import { messages } from '../project/messages';
import type { PythonEnvironment } from '../project/paths';
import { labCommand } from './command';
import { LabServer } from './server';

/** Starts JupyterLab, prints its address, and stays until it ends or Ctrl+C ends it. */
export async function openLab(python: PythonEnvironment, options: Options): Promise<number> {
  const { language, stage, port: wanted } = options;
  const port = await freePort(wanted);
  if (port !== wanted) console.log(messages().lab.portTaken(wanted, port));

  const display = hasDisplay();
  const server = `http://127.0.0.1:${port}`;
  const page = `/lab/tree/notebooks/lesson.${language}.ipynb`;
  const place = stage ? `#cell-id=stage-${stage}` : '';
  const browser = options.browser && display;
  const command = await labCommand(python, { port, language, page: page + place, browser });
  // Up to here a signal ends this process itself. Heard earlier, a Ctrl+C would first end the esbuild
  // that works for the command, and be taken for its failure.
  onShutdownSignal(() => lab.end());
  const lab = new LabServer(command, server);
  // The terminal may be closed, or the other end of a pipe.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  if (await lab.answers()) {
    const address = `${server}${page}?token=${lab.token}${place}`;
    console.log(messages().lab.opened(address, display ? '' : messages().lab.noDisplay));
  }
  const end = await lab.ended;
  if (lab.told || end === 0) return 0;
  throw new Failure(messages().lab.stopped(end));
}

/** Tells whether a window can be opened here: not over SSH, and on Linux only beside a display. */
function hasDisplay(env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
