import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { readOptions, STAGES } from '../../lib/tools/options.mjs';
import { preferredLanguage } from '../../lib/tools/project/language.mjs';
import { readNotebook } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, stageOf } from '../../lib/tools/publish/source';
import { thrownInBoth } from '../language';

describe('options', () => {
  const english = { LANG: 'en_US.UTF-8' };

  it('are port 8888, the locale’s language and a browser unless given', () => {
    const { port, language, browser } = readOptions('start', [], { LANG: 'zh_CN.UTF-8' });
    equal(port, 8888);
    equal(language, 'zh');
    equal(browser, true);
  });

  it('are taken as given', () => {
    const args = [
      '--port',
      '9000',
      '--lang',
      'zh',
      '--no-browser',
      '--prefix',
      '/env',
      '--stage',
      '8',
    ];
    const { port, language, browser, prefix, stage } = readOptions('start', args, english);
    equal(port, 9000);
    equal(language, 'zh');
    equal(browser, false);
    equal(prefix, '/env');
    equal(stage, 8);
  });

  it('refuse a stage that there is not in Chinese too, and everywhere but at npm start', () => {
    match(
      thrownInBoth(() => readOptions('start', ['--stage', '11'], english)).zh,
      /^--stage 应当是 1 到 10 之间的整数，收到：11/,
    );
    throws(() => readOptions('lesson', ['--stage', '8'], english), /Unknown option --stage/);
  });

  it('of site and lesson may ask for more than to build, and for nothing of each other', () => {
    equal(readOptions('site', [], english).serve, false);
    const { serve, port } = readOptions('site', ['--serve', '--port', '9000'], english);
    deepEqual([serve, port], [true, 9000]);
    throws(() => readOptions('site', ['--html'], english), /Unknown option --html/);
    throws(() => readOptions('lesson', ['--serve'], english), /Unknown option --serve/);
    const { html, slides } = readOptions('lesson', ['--html', '--slides'], english);
    deepEqual([html, slides], [true, true]);
    const swallowed = { ...english, npm_config_serve: 'true', npm_config_port: 'true' };
    const site = readOptions('site', ['9000'], swallowed);
    deepEqual([site.serve, site.port], [true, 9000]);
    equal(readOptions('lesson', [], { ...english, npm_config_slides: 'true' }).slides, true);
  });

  describe('that npm took for its own', () => {
    // What npm 10 and 11 leave of a command line without `--`.
    const lines: [typed: string, left: string[], env: Record<string, string>, expected: object][] =
      [
        ['--lang zh', ['zh'], { npm_config_long: 'true' }, { language: 'zh' }],
        ['--stage 3', ['3'], { npm_config_stage: 'true' }, { stage: 3 }],
        ['--stage=3', [], { npm_config_stage: '3' }, { stage: 3 }],
        ['--port 9000', ['9000'], { npm_config_port: 'true' }, { port: 9000 }],
        ['--port=9000', [], { npm_config_port: '9000' }, { port: 9000 }],
        [
          '--port 9000 --stage 10 --lang zh',
          ['9000', '10', 'zh'],
          { npm_config_port: 'true', npm_config_stage: 'true' },
          { port: 9000, stage: 10, language: 'zh' },
        ],
        [
          '--stage 3 --no-browser',
          ['3'],
          { npm_config_stage: 'true', npm_config_browser: '' },
          { stage: 3, browser: false },
        ],
        [
          '--no-browser --stage 3',
          ['3'],
          { npm_config_browser: 'true' },
          { stage: 3, browser: false },
        ],
      ];
    for (const [typed, left, env, expected] of lines) {
      it(`are taken as they were meant: ${typed}`, () => {
        const plain = readOptions('start', [], english);
        deepEqual(readOptions('start', left, { ...english, ...env }), { ...plain, ...expected });
      });
    }

    it('are not what somebody has set for npm itself', () => {
      const env = {
        ...english,
        npm_config_stage: 'dev',
        npm_config_lang: 'C',
        npm_config_port: 'x',
      };
      deepEqual(readOptions('start', [], env), readOptions('start', [], english));
      deepEqual(readOptions('doctor', [], env), readOptions('doctor', [], english));
    });

    it('give way to those that were not', () => {
      const env = { ...english, npm_config_stage: '3' };
      equal(readOptions('start', ['--stage', '8'], env).stage, 8);
    });

    it('are refused where the command has none such', () => {
      throws(() => readOptions('lesson', ['3'], english), /Unexpected argument: 3\./);
      equal(readOptions('lesson', ['zh'], english).language, 'zh');
    });
  });

  it('know every stage of the lesson', async () => {
    for (const language of languages) {
      const { cells } = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
      const stages = cells.flatMap(cell => stageOf(cell) ?? []);
      deepEqual(
        stages.map(({ number }) => number),
        Array.from({ length: STAGES }, (_, i) => i + 1),
      );
    }
  });

  it('of npm test all go to mocha', () => {
    equal(readOptions('test', ['-g', 'summary'], english).rest.join(' '), '-g summary');
  });

  it('leave the language to LC_ALL, LC_MESSAGES and LANG, in this order', () => {
    equal(preferredLanguage(undefined, { LC_ALL: 'en_GB', LANG: 'zh_CN' }), 'en');
    equal(preferredLanguage(undefined, { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }), 'zh');
    equal(preferredLanguage(undefined, { LANG: 'C.UTF-8' }), 'en');
  });

  const mistakes: [string[], RegExp, Record<string, string>?][] = [
    [['--prot', '1'], /Unknown option --prot\./],
    [['--port', 'abc'], /--port must be a whole number from 1 to 65535\. Received: abc/],
    [['--port', '0'], /Received: 0/],
    [['--port', '65536'], /Received: 65536/],
    [['--port'], /--port needs a value/],
    [['--stage', '0'], /--stage must be a whole number from 1 to 10\. Received: 0/],
    [['--stage', '11'], /Received: 11/],
    [['--stage', 'x'], /Received: x/],
    [['--stage', '8.5'], /Received: 8\.5/],
    [['--stage'], /--stage needs a value/],
    [['--lang', 'fr'], /--lang must be zh or en\. Received: fr/],
    [['fr'], /Unexpected argument: fr\. Options go after two dashes: npm start -- --lang en/],
    [['zh', 'en'], /Unexpected argument: en\./],
    [['3', '4'], /Unexpected argument: 4\./],
    [
      ['11'],
      /--stage must be a whole number from 1 to 10\. Received: 11/,
      { npm_config_stage: 'true' },
    ],
    [
      ['0'],
      /--port must be a whole number from 1 to 65535\. Received: 0/,
      { npm_config_port: 'true' },
    ],
  ];
  for (const [args, message, env] of mistakes) {
    it(`are refused with the list of the right ones: ${args.join(' ') || JSON.stringify(env)}`, () => {
      const { en, zh } = thrownInBoth(() => readOptions('start', args, { ...english, ...env }));
      match(en, message);
      match(en, /--no-browser {4}print the address/);
      match(zh, /--no-browser {4}只显示地址/);
    });
  }
});
