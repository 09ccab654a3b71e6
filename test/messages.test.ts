/** The texts of the packages: equal to the catalogues, complete, and in the right language. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  currentCatalogue,
  examplesOf,
  fileOf,
  names,
  readCatalogue,
  textsOf,
} from './messages/catalogues';
import { literalsOf } from './texts';

/** Texts that a language shortens, such as by a list of reasons. */
const UNEQUAL = ['device.fallback', 'hints.type'];

/** Texts that name the other language. */
const OTHER = ['site.links.other', 'other'];

const isChinese = /[\u4e00-\u9fff]/;
/** Beside code and names, whole sentences of English. */
const isEnglish = /[a-z]+ [a-z]+ [a-z]+ [a-z]+/;

for (const name of names) {
  describe(`the texts of ${name}`, () => {
    const file = `test/messages/${name}.yml`;
    const promised = readCatalogue(name);
    const examples = Object.entries(promised).flatMap(([path, entry]) =>
      examplesOf(entry).map(example => ({ path, ...example })),
    );

    it(`are worded as ${file} promises`, () => {
      const current = currentCatalogue(name);
      const paths = [...new Set([...Object.keys(current), ...Object.keys(promised)])];
      const changed = paths.filter(path => !isDeepStrictEqual(current[path], promised[path]));
      const bare = paths.filter(path => [current[path]].flat().length === 0);
      assert.deepEqual(bare, [], `Write an example of each into ${file}: - { with: [«name»] }`);
      const pick = (from: object) => changed.map(path => [path, Reflect.get(from, path)]);
      const how = `Reworded: ${changed}. If you mean it, run npx tsx test/messages/write.ts`;
      assert.deepEqual(pick(current), pick(promised), how);
    });

    for (const language of ['en', 'zh'] as const) {
      const source = fileOf(name, language);
      if (!source) continue;
      it(`are complete, and compared in all of their words, ${language}`, () => {
        const paths = (language: 'en' | 'zh') => [...textsOf(name, language).keys()].sort();
        assert.deepEqual(paths(language), paths('en'));
        const texts = Object.values(currentCatalogue(name)).flatMap(entry =>
          examplesOf(entry).map(example => example[language]),
        );
        const parts = literalsOf(source).flatMap(text => text.split('·').map(part => part.trim()));
        const isWords = (part: string) => part.includes(' ') || isChinese.test(part);
        const unseen = parts.filter(part => isWords(part) && !texts.join('\n').includes(part));
        assert.deepEqual(unseen, [], `Write examples that show them into ${file}: with: [«name»]`);
      });
    }

    it('are in their language', () => {
      const isForeign = ({ path, en, zh = '中' }: (typeof examples)[number]) =>
        (isChinese.test(String(en)) && !OTHER.includes(path)) ||
        (isEnglish.test(String(zh)) && !isChinese.test(String(zh)));
      assert.deepEqual(examples.filter(isForeign), []);
    });

    it('say in one language what they are told in the other', () => {
      const argumentsIn = (text: unknown) =>
        [...new Set(String(text).match(/«[^»]*»/g))].sort().join();
      const isUnequal = ({ path, en, zh = en }: (typeof examples)[number]) =>
        argumentsIn(zh) !== argumentsIn(en) && !UNEQUAL.includes(path);
      assert.deepEqual(examples.filter(isUnequal), []);
    });
  });
}
