/** JupyterLab's life, played by small programs that keep none of its promises. */
import { equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabServer } from '../../../lib/tools/lab/server';
import { ownFolder, ownPort } from '../../own';
import { until } from '../setup/support';

/** Parts of a program for Node. */
const DEAF = `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {});`;
const SILENT = `require('node:net').createServer(() => {}).listen(PORT, '127.0.0.1', begun);`;
const server = (shutdown: string) => `require('node:http').createServer((asked, reply) => {
  if (asked.url.startsWith('/api/shutdown')) { ${shutdown} }
  else reply.end();
}).listen(PORT, '127.0.0.1', begun);`;

describe('the server behind npm start', function () {
  this.timeout(30_000);

  const folder = ownFolder('lab-server');
  const begun = join(folder, 'begun');
  const heard = join(folder, 'heard');
  let port: number;
  let lab: LabServer | undefined;
  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    port = await ownPort();
  });
  afterEach(async () => {
    lab?.end();
    lab?.end(); // kills it
    await lab?.ended;
  });

  function start(program: string): LabServer {
    const script = join(folder, 'program.cjs');
    const note = (file: string, said = '') =>
      `() => { require('node:fs').writeFileSync(${JSON.stringify(file)}, ''); ${said} }`;
    const listens = `console.log('digits-port ${port}');`;
    writeFileSync(
      script,
      `const PORT = ${port}, begun = ${note(begun, listens)}, heard = ${note(heard)};\n${program}`,
    );
    lab = new LabServer([process.execPath, script]);
    return lab;
  }

  it('is killed where it has never answered, though it takes questions and hears no signal', async () => {
    const lab = start(DEAF + SILENT);
    const answers = lab.answers();
    await until(() => existsSync(begun));
    await sleep(200); // for the question
    lab.end();
    equal(await answers, undefined);
    equal(await lab.ended, 'SIGKILL');
    ok(lab.told);
  });

  it('is asked to end before it gets a signal', async () => {
    const lab = start(
      `process.on('SIGTERM', heard); ${server('asked.method === "POST" && process.exit(0);')}`,
    );
    equal(await lab.answers(), port);
    lab.end();
    equal(await lab.ended, 0);
    equal(existsSync(heard), false);
    equal(await lab.answers(), undefined);
  });

  it('is killed when it only promises to end', async () => {
    const lab = start(server('reply.end();'));
    ok(await lab.answers());
    lab.end();
    equal(await lab.ended, 'SIGKILL');
  });

  it('ends by itself, and with it the question, though a child of it lives on and holds its output', async () => {
    const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 5000)'],
      { stdio: 'inherit', detached: true }).unref();`;
    const lab = start(`${SILENT} ${child} setTimeout(() => process.exit(3), 500);`);
    equal(await lab.answers(), undefined);
    equal(await lab.ended, 3);
    equal(lab.told, false);
  });

  it('says why it could not be started', async () => {
    lab = new LabServer([join(folder, 'nowhere')]);
    equal(await lab.answers(), undefined);
    match(String(await lab.ended), /nowhere.*ENOENT/);
  });
});
