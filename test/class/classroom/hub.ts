/** A real classroom on loopback, started by the teacher's command, with learners. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { classroomStep } from '../../../lib/class/classroom/classroom';
import { projectRoot, pythonEnvironment } from '../../../lib/command/machine/paths';
import { createContext, lessonSteps, setUp } from '../../../lib/lab/setup/setup';
import { temporaryFolder } from '../../folder';
import { FIGURES } from '../../notebooks/lab';
import { ownPort } from '../../own';
import { gather, isOf, processesWith } from '../../processes';

/** A user without rights: root cannot open a classroom with a shared password. */
const UID = 64242;
const isRoot = process.geteuid?.() === 0;
export const ordinary = isRoot
  ? ['setpriv', `--reuid=${UID}`, `--regid=${UID}`, '--clear-groups', 'env', 'USER=teacher']
  : [];

const ENDS_WITH_US = ['setpriv', '--pdeathsig', 'TERM'] as const;

/** Sets up a classroom, and creates a writable folder for the classroom. */
export async function classroomFolder(): Promise<string> {
  await setUp(createContext({ extras: ['classroom'] }), [...lessonSteps, classroomStep]);
  const folder = temporaryFolder();
  if (isRoot) await chown(folder, UID, UID);
  return folder;
}

/** A learner after the login. */
export interface Learner {
  readonly name: string;
  /** Lets the learner's programs speak for the learner. */
  readonly token: string;
  /** The address of the learner's server, with a trailing slash. */
  readonly path: string;
}

/** The result of a learner's run. */
export interface Run {
  readonly error: string | null;
  readonly kernel: string;
}

export class Hub {
  password = '';
  /** The process that `npm run classroom` comes to. */
  private process!: ChildProcess;
  /** Returns the output of the hub, the servers and the kernels. */
  said!: () => string;

  private constructor(
    readonly folder: string,
    public port: number,
    private readonly options: readonly string[],
  ) {}

  static async start(language: 'en' | 'zh', options: readonly string[] = []) {
    const folder = await classroomFolder();
    const args = ['--folder', folder, '--lang', language, ...options];
    const hub = new Hub(folder, await ownPort(), args);
    try {
      return await hub.open();
    } catch (error) {
      await hub.stop();
      throw error;
    }
  }

  /** Opens the classroom by the teacher's command, also after a kill. */
  async open(): Promise<this> {
    const { folder, port } = this;
    const [program, ...args] = [
      ...(['env', ...ordinary, `HOME=${folder}`] as const),
      ...[...ENDS_WITH_US, process.execPath, join(projectRoot, 'lib', 'command', 'bootstrap.mjs')],
      ...['classroom', '--port', String(port), ...this.options],
    ];
    const child = spawn(program, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    this.said = gather(child);
    await this.says(/Ctrl\+C/);
    this.password = (await readFile(join(folder, 'hub', 'password'), 'utf8')).trim();
    return this;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get runs(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Waits for output. */
  async says(words: RegExp): Promise<void> {
    while (!words.test(this.said())) {
      assert.ok(this.runs, this.said());
      await sleep(50);
    }
  }

  /** The classroom's processes with these words in their command lines. */
  processes(words: string): number[] {
    return processesWith(words).filter(pid => isOf(pid, this.folder));
  }

  /** Kills these processes at once, and waits for the end of `npm run classroom`. */
  async kill(...programs: readonly string[]): Promise<void> {
    assert.ok(this.runs, this.said());
    const ended = once(this.process, 'exit');
    for (const pid of programs.flatMap(program => this.processes(program)))
      process.kill(pid, 'SIGKILL');
    await ended;
  }

  /** Asks the hub's database. */
  sql(statement: string): unknown[][] {
    const program = `import json, sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    print(json.dumps(database.execute(sys.argv[2]).fetchall()))`;
    const args = ['-c', program, join(this.folder, 'hub', 'jupyterhub.sqlite'), statement];
    return JSON.parse(
      execFileSync(pythonEnvironment().program('python'), args, { encoding: 'utf8' }),
    );
  }

  /** Logs in by the form, as a browser does. Returns the address of the next page, or the error on the page. */
  async logIn(name: string, password = this.password): Promise<string | undefined> {
    const form = await (await fetch(`${this.address}/hub/login`)).text();
    const xsrf = /name="_xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const reply = await fetch(`${this.address}/hub/login`, {
      ...{ method: 'POST', redirect: 'manual' },
      // The hub sends the cookie to browsers only; the form contains the same value.
      headers: { cookie: `_xsrf=${xsrf}` },
      body: new URLSearchParams({ _xsrf: xsrf, username: name, password }),
    });
    // A browser, which sends navigation headers, receives the form again; other clients receive an error page.
    const complaint = /(?:class="login_error">|<h1>403 : )([^<]+)</.exec(await reply.text())?.[1];
    return reply.headers.get('location') ?? complaint;
  }

  /** Fills the form in, in a browser's page. */
  async fillIn(page: Page, name: string, password = this.password): Promise<void> {
    await page.locator('#username_input').fill(name);
    await page.locator('#password_input').fill(password);
    await page.locator('#login_submit').click();
  }

  /** Logs a learner in and starts the learner's server. */
  async enter(name: string): Promise<Learner> {
    assert.match((await this.logIn(name)) ?? '', /^\/hub\/(spawn|class)$/);
    const auth = { username: name, password: this.password };
    const path = `users/${encodeURIComponent(name)}`;
    const { token } = await this.ask(`${path}/tokens`, undefined, { auth });
    await this.ask(`${path}/server`, token, {});
    for (;;) {
      const { servers } = await this.ask(path, token);
      const address = servers[''];
      assert.ok(address, `the server of ${name} did not start`);
      if (address.ready) return { name, token, path: address.url };
      await sleep(200);
    }
  }

  /**
   * Runs the lesson, or `code`, in the kernels of all learners at once,
   * until output appears. Kernels and running cells continue.
   */
  async run(learners: readonly Learner[], code?: string): Promise<Run[]> {
    const script = join(__dirname, 'lesson.py');
    const child = spawn(pythonEnvironment().program('python'), [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const servers = learners.map(({ path, token }) => ({ server: this.address + path, token }));
    child.stdin.end(JSON.stringify({ path: 'lesson.en.ipynb', code, learners: servers }));
    const lines = (await textOf(child.stdout)).trim().split('\n');
    return lines.map(line => {
      const { error, figures, kernel } = JSON.parse(line);
      const lacks = code === undefined && figures !== FIGURES ? `${figures} figures` : null;
      return { error: error ?? lacks, kernel };
    });
  }

  /** Stops a learner's server, and waits for the hub's confirmation. */
  async leave({ name, token }: Learner): Promise<void> {
    const path = `users/${encodeURIComponent(name)}`;
    await this.ask(`${path}/server`, token, undefined, 'DELETE');
    while ((await this.ask(path, token)).servers[''] !== undefined) await sleep(50);
  }

  // biome-ignore lint/suspicious/noExplicitAny: JSON by the hub's documentation.
  private async ask(path: string, token?: string, body?: object, method?: string): Promise<any> {
    const reply = await fetch(`${this.address}/hub/api/${path}`, {
      method: method ?? (body ? 'POST' : 'GET'),
      headers: token ? { Authorization: `token ${token}` } : {},
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await reply.text();
    assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** As Ctrl+C does. */
  async close(): Promise<void> {
    assert.ok(this.runs, this.said());
    const ended = once(this.process, 'exit');
    this.process.kill('SIGINT');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.runs) await this.close();
    else for (const pid of this.processes('')) process.kill(pid, 'SIGKILL'); // what a failed test has left
    await rm(this.folder, { recursive: true, force: true });
  }
}
