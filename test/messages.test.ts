/** The tables of texts, in each language: complete, and each text in its own language. */
import assert from 'node:assert/strict';
import { tables as digits } from '../lib/digits/language';
import { tables as loader } from '../lib/mnist-data-loader/language';
import { earlyTables } from '../lib/tools/project/language.mjs';
import { tables as tools } from '../lib/tools/project/messages';

type Found = readonly [path: string, text: string];

/** Lists all texts of a table; functions are called with words that are easy to find. */
function textsOf(value: unknown, path = ''): Found[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const words = Array.from({ length: 6 }, (_, i) => `«${i}»`);
    for (const given of [words, words.map(word => [word])]) {
      try {
        return textsOf(value(...given), path);
      } catch {} // It takes something else: lists of words, or what has no words.
    }
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, `${path}.${key}`));
}

/** Texts that one language says with less, such as by a list of reasons of its own. */
const UNEQUAL = ['.device.fallback', '.input.noClass'];

/** Names the other language. */
const OTHER = '.site.links.other';

const isChinese = /[\u4e00-\u9fff]/;
/** Beside code and names, whole sentences of English. */
const isEnglish = /[a-z]+ [a-z]+ [a-z]+ [a-z]+/;

for (const [name, tables] of Object.entries({ digits, loader, tools, earlyTables })) {
  describe(`the texts of ${name}`, () => {
    const [english, chinese] = [textsOf(tables.en), textsOf(tables.zh)];

    it('are there in each language', () => {
      const names = (texts: readonly Found[]) => texts.map(([path]) => path).sort();
      assert.deepEqual(names(chinese), names(english));
      assert.ok(english.length > 30, String(english.length));
    });

    it('are in their language', () => {
      const own = english.filter(([path]) => path !== OTHER);
      for (const [path, text] of own) assert.ok(!isChinese.test(text), `${path}: ${text}`);
      const foreign = chinese.filter(([, text]) => isEnglish.test(text) && !isChinese.test(text));
      assert.deepEqual(foreign, []);
    });

    it('say in one language what they are told in the other', () => {
      const told = (text: string) => [...new Set(text.match(/«\d»/g))].sort().join();
      const inChinese = new Map(chinese);
      const differing = english.filter(
        ([path, text]) => told(text) !== told(inChinese.get(path) ?? '') && !UNEQUAL.includes(path),
      );
      assert.deepEqual(
        differing.map(([path, text]) => [path, text, inChinese.get(path)]),
        [],
      );
    });
  });
}
