/**
 * A learner's visits to the website in three engines: in the first visits, the index caches the whole
 * site, and a notebook is edited; then the network is off. The engines run in parallel, and each test waits
 * for its engine.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { exercises } from '../../lib/digits/exercises';
import type { Language } from '../../lib/digits/language';
import { SIDE } from '../../lib/digits/pad/drawing';
import { learnerOf } from '../../lib/digits/record/learner';
import { encodeLine } from '../../lib/digits/record/line';
import type { Notebook } from '../../lib/publish/notebook';
import { diff, pack } from '../../lib/publish/site/page/share-link';
import { SEVEN } from '../digits/pad/hand';
import { type Engine, type EngineBrowser, engines, type Place } from '../engines';
import { builtSite, SiteNotebook, siteBelow, TestServer } from '../publish/site/support';
import { asRun, checksOf, lessonOn, saved } from './hosts';
import { assertSameOutputs } from './same-outputs';

const PLACE = 'school/课程/digits';
const EDIT = '// 我的修改 my edit';
const FIRST_CODE = 3;
const SHARED = { id: 'shared-1', cell_type: 'code', source: "console.log('你好')" } as const;
/** Exercises that train convolutions for minutes: here on few samples, by `exercises.slow.ts` in full. */
const LONG = ['10.4', '10.6'];
const LEARNER = { ...learnerOf('0000abcd', [{ e: '3.2', ok: 1 }]), name: 'Zoë' };

/** The site in an engine. */
class Visitor {
  private constructor(
    readonly engine: string,
    readonly page: EngineBrowser,
    readonly server: TestServer,
    readonly site = new SiteNotebook(page, `${server.address}${encodeURI(PLACE)}/`),
  ) {}

  static async start({ name, open }: Engine): Promise<Visitor> {
    const server = await TestServer.start(await siteBelow(PLACE));
    return new Visitor(name, await open(), server);
  }

  /** Disconnects the network: the port rejects connections, and stays reserved. */
  async cut(): Promise<void> {
    await this.server.stop();
    const cut = createServer(socket => socket.destroy()).unref();
    await once(cut.listen({ port: this.server.port, host: '127.0.0.1' }), 'listening');
  }

  async stop(): Promise<void> {
    await this.page.close().catch(() => {}); // it may have crashed
    await this.server.stop();
  }

  private last: Promise<unknown> = Promise.resolve();
  /** Runs an action after all earlier actions. A failed action runs once more, with a message. */
  next<T>(title: string, act: () => Promise<T>): Promise<T> {
    const run = this.last.then(async () => {
      const start = Date.now();
      const result = await act().catch((error: Error) => {
        console.log(`    ${this.engine}, ${title}, once more: ${error.message}`);
        return act();
      });
      console.log(`    ${this.engine}, ${title}: ${Math.round((Date.now() - start) / 1000)} s`);
      return result;
    });
    this.last = run.catch(() => {});
    return run;
  }

  /** Waits for an element, and returns the text. */
  private async text(selector: string): Promise<string> {
    const timeout = 240_000;
    await this.page.waitForFunction(name => document.querySelector(name), selector, { timeout });
    return this.page.evaluate(name => document.querySelector(name)?.textContent ?? '', selector);
  }

  /** Opens a page of the site as a file; returns the text. */
  async asFile(page: string): Promise<string> {
    await this.page.goto(`${pathToFileURL(await builtSite())}/${page}`);
    return this.text('.offline [role=status]:not(:empty), .digits-notice');
  }

  /** Has the index keep the whole site; returns the button's label, and the final message. */
  async keepWhole(): Promise<string> {
    await this.page.goto(`${this.site.site}index.html?lang=zh`);
    const label = await this.text('.offline button:not([hidden])');
    await this.page.evaluate(() =>
      document.querySelector<HTMLElement>('.offline button:not([hidden])')?.click(),
    );
    return `${label} ${await this.text('.offline [role=status]:not(:empty)')}`;
  }

  async run(name: string, language: Language, app?: string): Promise<Notebook> {
    await this.site.open(language, { name, app });
    for (const id of name === 'solutions' ? LONG : []) {
      const index = await this.site.select(`check('${id}'`);
      const source = (await this.site.source(index))
        .replace('fit(xTrain', 'fit(xTrain.slice(0, 2000)')
        .replace(' yTrain,', ' yTrain.slice(0, 2000),');
      await this.site.write(index, source);
    }
    return asRun(name, language, await this.site.runAll());
  }

  /** Draws a seven on the pad of the trained network; returns the pad's answer. */
  async drawSeven(): Promise<string> {
    await this.site.select("digitPad('trained')");
    const pad = '.jp-Cell.jp-mod-active [data-digit-pad]';
    await this.page.waitForFunction(
      pad => document.querySelector(pad)?.shadowRoot?.querySelector('.draw canvas'),
      pad,
    );
    const [left = 0, top = 0, zoom = 1] = await this.page.evaluate(
      async ([pad, side]) => {
        const root = document.querySelector(pad)?.shadowRoot;
        root?.querySelector<HTMLElement>('.clear')?.click();
        const canvas = root?.querySelector('.draw canvas');
        // Content above the pad may still grow.
        for (let last = ''; ; ) {
          canvas?.scrollIntoView({ block: 'center' });
          await new Promise(settle => setTimeout(settle, 300));
          const { x = 0, y = 0, width = 0 } = canvas?.getBoundingClientRect() ?? {};
          if (last === `${x} ${y}`) return [x, y, width / side];
          last = `${x} ${y}`;
        }
      },
      [pad, SIDE] as const,
    );
    await this.page.draw(SEVEN.map(([x, y]): Place => [left + x * zoom, top + y * zoom]));
    const answer = await this.page.evaluate(
      pad => document.querySelector(pad)?.shadowRoot?.querySelector('.answer')?.textContent ?? '',
      pad,
    );
    if (!answer.includes('7')) throw new Error(answer);
    // The next visit to the lesson begins without a digit.
    await this.page.evaluate(
      pad => document.querySelector(pad)?.shadowRoot?.querySelector<HTMLElement>('.clear')?.click(),
      pad,
    );
    return answer;
  }

  /** Edits the lesson, saves, and opens the lesson again; returns the content. */
  async edit(): Promise<string> {
    await this.site.open('zh');
    await this.site.write(FIRST_CODE, `${await this.site.source(FIRST_CODE)}\n${EDIT}`);
    await this.site.command('docmanager:save');
    await this.site.open('zh');
    return this.site.source(FIRST_CODE);
  }

  private links = 0;
  /** Opens a link that shares a notebook, and runs the cell; returns the code, and the output before and after. */
  async openLink(): Promise<unknown[]> {
    const name = `mine-${++this.links}`;
    const end = await pack({ name: `${name}.ipynb`, original: '', parts: diff([SHARED], []) });
    await this.page.goto(`${this.site.site}en/lab/index.html${end}`);
    await this.site.shows(`${name} (shared).ipynb`, 240_000);
    const [cell] = await this.site.cells();
    await this.site.runCell('你好');
    await this.site.idle();
    return [await this.site.source(0), cell?.outputs, (await this.site.shown(1)).text];
  }

  /** Pastes a line into the report's page; returns the summary of the class, and the row of the learner. */
  async report(line: string): Promise<string> {
    await this.page.goto(`${this.site.site}report/index.html?lang=en`);
    await this.text('textarea.pasted');
    await this.page.evaluate(line => {
      const input = document.querySelector('.pasted') as HTMLTextAreaElement;
      input.value = line;
      input.dispatchEvent(new Event('input'));
    }, line);
    return (await this.text('.message')) + (await this.text('.grid tbody tr'));
  }

  /** Follows all links and parts of the site's pages from the index on; returns the broken links. */
  crawl(): Promise<{ pages: number; lost: string[] }> {
    return this.page.evaluate(async root => {
      const addresses = new Set([root]);
      const lost: string[] = [];
      let pages = 0;
      for (const address of addresses) {
        const answer = await fetch(address).catch(() => undefined);
        if (!answer?.ok) lost.push(address);
        if (!answer?.ok || !answer.headers.get('content-type')?.startsWith('text/html')) continue;
        pages++;
        const html = new DOMParser().parseFromString(await answer.text(), 'text/html');
        for (const part of html.querySelectorAll('[href]:not([download]), [src]')) {
          const name = part.getAttribute('href') ?? part.getAttribute('src') ?? '';
          const url = new URL(name.replace(/#.*/, ''), address).href;
          if (new URL(url).origin === location.origin) addresses.add(url);
        }
      }
      return { pages, lost };
    }, this.site.site);
  }
}

/** Starts the visits; each promise resolves at the end of a part. */
function visit(visitor: Visitor, inLesson: Language, inSolutions: Language) {
  const { site } = visitor;
  const act = visitor.next.bind(visitor);
  const run = (name: string, language: Language, app?: string) => {
    const again = () => act(`${name} in ${language}`, () => visitor.run(name, language, app));
    let runs: Promise<Notebook> | undefined = again();
    return () => {
      const run = runs ?? again();
      runs = undefined;
      return run;
    };
  };
  const first = {
    files: [
      act('the index as a file', () => visitor.asFile('index.html?lang=en')),
      act('an app as a file', () => visitor.asFile('zh/lab/index.html?path=lesson.zh.ipynb')),
    ],
    kept: act('the whole kept', () => visitor.keepWhole()),
    edit: act('an edit', () => visitor.edit()),
    error: act('an error', () => site.run('// 一\n\nprint("hi");')),
  };
  void act('the network goes', () => visitor.cut());
  return {
    ...first,
    lesson: run('lesson', inLesson),
    seven: act('a seven', () => visitor.drawSeven()),
    // In one engine, because all engines run the same code.
    exercises: visitor.engine === 'Chromium' ? run('exercises', 'zh', 'notebooks') : undefined,
    solutions: run('solutions', inSolutions),
    editLater: act('the edit later', async () => {
      await site.open('zh');
      const source = await site.source(FIRST_CODE);
      if (!source.endsWith(EDIT)) throw new Error(source);
      return source;
    }),
    link: act('a link', () => visitor.openLink()),
    report: act('the report of a class', () => visitor.report(`“${encodeLine(LEARNER)}”`)),
    links: act('all links', () => visitor.crawl()),
  };
}

describe('The site', function () {
  this.retries(1); // a training that came out badly is done once more
  /** The code is the same in both languages and trains for minutes, so each engine runs one language. */
  const lessonIn = (engine: Engine): Language => (engine.name === 'Firefox' ? 'zh' : 'en');
  const solutionsIn = (engine: Engine): Language => (engine.name === 'Firefox' ? 'en' : 'zh');

  const visitors = new Map<Engine, Visitor>();
  const visits = new Map<Engine, ReturnType<typeof visit>>();

  before(async () => {
    for (const engine of engines) {
      if (engine.missing) continue;
      const visitor = await Visitor.start(engine);
      visitors.set(engine, visitor);
      visits.set(engine, visit(visitor, lessonIn(engine), solutionsIn(engine)));
    }
  });
  after(async () => {
    await Promise.all([...visitors.values()].map(visitor => visitor.stop()));
  });

  for (const engine of engines) {
    describe(`in ${engine.name}`, () => {
      before(function () {
        if (!engine.missing) return;
        console.log(`    skipped: it needs ${engine.missing}`);
        this.skip();
      });
      const visitOf = () => visits.get(engine) as ReturnType<typeof visit>;

      it('says what to do where it is opened as a file, in both languages', async () => {
        const [en = '', zh = ''] = await Promise.all(visitOf().files);
        assert.match(en, /^The lesson cannot run from a file.*python3 -m http\.server/);
        assert.match(zh, /^课程不能直接从文件打开.*python3 -m http\.server/);
      });

      it('keeps the whole of itself when asked', async () => {
        assert.match(await visitOf().kept, /^把整个课程.*（\d\d MB） 已保存：/);
      });

      it('finds an edit after a reload', async () => {
        assert.ok((await visitOf().edit).endsWith(EDIT));
      });

      it('names of an error what it is, its line and what to do', async () => {
        const { error } = await visitOf().error;
        assert.match(`${error?.ename} ${error?.traceback.join(' ')}`, /print.*console\.log/s);
      });

      lessonOn(
        `in ${engine.name}, without a network`,
        lessonIn(engine),
        () => visitOf().lesson(),
        () => {
          it('reads a drawn seven off the pad', async () => {
            assert.match(await visitOf().seven, /^(网络认为这是 7，|The network says 7:)/);
          });
        },
      );

      const marks = (notebook: Notebook) =>
        checksOf(notebook).map(({ id, words }) => `${id} ${words[0]}`);

      if (engine.name === 'Chromium') {
        it('runs the exercises without a network, which wait for answers', async () => {
          assert.deepEqual(
            marks((await visitOf().exercises?.()) as Notebook),
            exercises.map(({ id }) => `${id} ○`),
          );
        });
      }

      it('finds every solution right without a network, but those that train on few samples', async () => {
        const run = await visitOf().solutions();
        assert.deepEqual(
          marks(run),
          exercises.map(({ id }) => `${id} ${LONG.includes(id) ? '✗' : '✓'}`),
        );
        const trained = (notebook: Notebook): Notebook => {
          const shortened = checksOf(notebook).filter(({ id }) => LONG.includes(id));
          const cells = new Set<Notebook['cells'][number]>(shortened.map(({ cell }) => cell));
          return { ...notebook, cells: notebook.cells.filter(cell => !cells.has(cell)) };
        };
        const expected = await saved('solutions', solutionsIn(engine));
        assertSameOutputs(trained(run), trained(expected));
      });

      it('finds the edit at a later visit', async () => {
        assert.ok((await visitOf().editLater).endsWith(EDIT));
      });

      it('makes of a link a notebook whose code runs when it is told to', async () => {
        const [warning, outputs, printed] = await visitOf().link;
        assert.match(`${warning}`, /Somebody shared this notebook with you/);
        assert.deepEqual([outputs, printed], [[], '你好\n']);
      });

      it('reads the line of a learner without a network', async () => {
        assert.match(
          await visitOf().report,
          /\/en\/lab\/index\.html\?path=exercises\.en\.ipynb\n.*\n\s*Zoë\s+1\s+✓\s*$/s,
        );
      });

      it('opens all its pages without a network', async () => {
        const { pages, lost } = await visitOf().links;
        assert.deepEqual(lost, []);
        assert.ok(pages > 15, String(pages));
      });
    });
  }
});
