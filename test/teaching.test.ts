/** The guides for teachers match the lesson and each other; `docs.test.ts` checks links, commands and form. */
import assert from 'node:assert/strict';
import { STAGES } from '../lib/command/options.mjs';
import { exercises } from '../lib/digits/exercises';
import { readText } from './texts';

const all = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map(match => match[1] ?? match[0]);

const guides = { en: readText('TEACHING.md'), zh: readText('TEACHING.zh.md') };

/** Replaces the name of a language, so that both guides can be compared. */
const neutral = (text: string): string => text.replace(/\.(zh|en)\./g, '.LANG.');

describe('TEACHING.md and TEACHING.zh.md', () => {
  it('name the same commands, files, code and exercises', () => {
    const code = (text: string) => all(/`([^`]+)`/g, neutral(text));
    assert.deepEqual(code(guides.zh), code(guides.en));
    const exercises = (text: string) => all(/(?<![\d.])(?:[1-9]|10)\.\d(?!\d)/g, text).join(' ');
    assert.equal(exercises(guides.zh), exercises(guides.en));
  });

  for (const [language, guide] of Object.entries(guides)) {
    describe(language, () => {
      it('plans two lessons of 45 minutes that take every stage once', () => {
        const plans = guide.split(/^## /gm).filter(part => /^\| (Minutes|分钟) /m.test(part));
        const minutes = plans.map(plan =>
          all(/^\| (\d+) \|/gm, plan).reduce((sum, n) => sum + Number(n), 0),
        );
        assert.deepEqual(minutes, [45, 45]);
        const stages = plans.flatMap(plan => all(/^\| \d+ \| (\d+) /gm, plan)).map(Number);
        assert.deepEqual(
          stages,
          Array.from({ length: STAGES }, (_, i) => i + 1),
        );
      });

      it('calls the stages what the lesson calls them', () => {
        const titles = (text: string) => all(/^(?:\/\/ )?###? (\d+ .+)$/gm, text);
        const lesson = titles(readText('notebooks/lesson.ts'));
        const numbers = titles(guide);
        assert.equal(numbers.length, STAGES);
        assert.deepEqual(
          numbers.filter(title => !lesson.includes(title)),
          [],
        );
      });

      it('lists, stage by stage, the exercises that there are', () => {
        const listed = all(/^- \*\*(?:Exercises|练习)\*\*[:：](.*)$/gm, guide);
        assert.equal(listed.length, STAGES);
        assert.deepEqual(
          listed.flatMap(line => all(/\d+\.\d/g, line)),
          exercises.map(({ id }) => id),
        );
      });
    });
  }
});
