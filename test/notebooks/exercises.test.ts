import assert from 'node:assert/strict';
import { exercises } from '../../lib/digits/exercises';
import { textOf } from '../../lib/publish/notebook';
import { languages } from '../../lib/publish/source';
import { checksOf, saved } from './hosts';

const ids = exercises.map(({ id }) => id);

describe('the saved exercises', () => {
  for (const language of languages) {
    it(`have each exercise named above its cell, in "${language}"`, async () => {
      const notebook = await saved('exercises', language);
      const answers = checksOf(notebook);
      assert.deepEqual(
        answers.map(({ id }) => id),
        ids,
      );
      for (const { id, cell } of answers) {
        const above = notebook.cells[notebook.cells.indexOf(cell) - 1];
        assert.ok(textOf(above?.source ?? '').startsWith(`### ${id} `), id);
      }
    });

    it(`have their solutions folded and passed, in "${language}"`, async () => {
      const answers = checksOf(await saved('solutions', language));
      assert.deepEqual(
        answers.map(({ id }) => id),
        ids,
      );
      for (const { id, cell, words } of answers) {
        assert.deepEqual(cell.metadata.jupyter, { source_hidden: true }, id);
        assert.match(words, new RegExp(`^✓ ${id} `, 'm'));
        const { reasoning } = exercises.find(exercise => exercise.id === id)?.texts[language] ?? {};
        const [, ...lines] = textOf(cell.source).match(/^\/\/ .*/gm) ?? [];
        assert.ok(lines.every(line => line.length < 80));
        const comment = lines.map(line => line.slice(3)).join(' ');
        assert.equal(comment.replace(/\s/g, ''), reasoning?.replace(/\s/g, ''), id);
      }
    });
  }
});
