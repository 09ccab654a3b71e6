/**
 * Refuses a folder whose path Node, TypeScript's loader, Python or a linker would refuse in words of their own, some of
 * them after minutes. Loaded before the command itself: as CommonJS, which alone Node loads from any folder.
 */
const { dirname } = require('node:path');

const root = dirname(dirname(dirname(__dirname)));
const [, character] = (process.platform === 'win32' ? /([;])/ : /([:\\?*])/).exec(root) ?? [];

if (character) {
  const { LC_ALL, LC_MESSAGES, LANG, npm_config_lang } = process.env;
  const asked = /--lang[= ](zh|en)/.exec(process.argv.join(' '))?.[1] ?? npm_config_lang;
  const isChinese = /^zh/i.test(asked || LC_ALL || LC_MESSAGES || LANG);
  const texts = require('../messages/early/path.json');
  const text = texts[isChinese ? 'zh' : 'en'];
  console.error(`\n✖ ${text.replaceAll('CHARACTER', character).replace('FOLDER', root)}`);
  process.exit(1);
}
