import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { readOptions, STAGES } from '../../lib/tools/options.mjs';
import { Failure, preferredLanguage } from '../../lib/tools/project/failure.mjs';
import { readNotebook } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, stageOf } from '../../lib/tools/publish/source';

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
    throws(
      () => readOptions('start', ['--stage', '11'], english),
      (error: Failure) => error.text.zh.startsWith('--stage 是 1 到 10 之间的整数，收到：11'),
    );
    throws(() => readOptions('lesson', ['--stage', '8'], english), /Unknown option --stage/);
  });

  it('of npm run site may ask for it to be served, at a port', () => {
    equal(readOptions('site', [], english).serve, false);
    const { serve, port } = readOptions('site', ['--serve', '--port', '9000'], english);
    equal(serve, true);
    equal(port, 9000);
    throws(() => readOptions('site', ['--stage', '8'], english), /Unknown option --stage/);
    throws(() => readOptions('html', ['--serve'], english), /Unknown option --serve/);
    // `npm run site --serve`
    throws(
      () => readOptions('site', [], { ...english, npm_config_serve: 'true' }),
      /Unexpected argument: --serve\. Options stand behind two dashes/,
    );
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
    [['--port', 'abc'], /--port is a whole number from 1 to 65535\. Received: abc/],
    [['--port', '0'], /Received: 0/],
    [['--port', '65536'], /Received: 65536/],
    [['--port'], /--port wants a value/],
    [['--stage', '0'], /--stage is a whole number from 1 to 10\. Received: 0/],
    [['--stage', '11'], /Received: 11/],
    [['--stage', 'x'], /Received: x/],
    [['--stage', '8.5'], /Received: 8\.5/],
    [['--stage'], /--stage wants a value/],
    [['--lang', 'fr'], /--lang is zh or en\. Received: fr/],
    [
      ['9000'],
      /Unexpected argument: 9000\. Options stand behind two dashes: npm start -- --lang en/,
    ],
    [[], /Unexpected argument: --lang=zh/, { npm_config_lang: 'zh' }],
    [[], /Unexpected argument: --stage=8/, { npm_config_stage: '8' }],
  ];
  for (const [args, message, env] of mistakes) {
    it(`are refused with the list of the right ones: ${args.join(' ') || JSON.stringify(env)}`, () => {
      throws(
        () => readOptions('start', args, { ...english, ...env }),
        (error: Failure) => {
          match(error.text.en, message);
          match(error.text.en, /--no-browser {4}print the address/);
          match(error.text.zh, /--no-browser {4}只显示地址/);
          return error instanceof Failure;
        },
      );
    });
  }
});
