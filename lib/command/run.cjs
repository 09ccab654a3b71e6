/**
 * Entry point of npm's scripts: refuses project paths that break Node, tsx, Python or a linker with obscure errors.
 * CommonJS, because Node loads ES modules only from valid paths.
 */
const { dirname } = require('node:path');

const root = dirname(dirname(__dirname));
const [, character] = (process.platform === 'win32' ? /([;])/ : /([:\\?*])/).exec(root) ?? [];

if (character) {
  const { LC_ALL, LC_MESSAGES, LANG, npm_config_lang } = process.env;
  const requested = /--lang[= ](zh|en)/.exec(process.argv.join(' '))?.[1] ?? npm_config_lang;
  const isChinese = /^zh/i.test(requested || LC_ALL || LC_MESSAGES || LANG);
  const text = require('./messages/early/path.json')[isChinese ? 'zh' : 'en'];
  console.error(`\n✖ ${text.replaceAll('CHARACTER', character).replace('FOLDER', root)}`);
  process.exit(1);
}
import('./bootstrap.mjs');
