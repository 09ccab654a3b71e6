/** The pace of the lesson: the number of words, and the share of TensorFlow.js in the code. */
import assert from 'node:assert/strict';
import { mainLine } from './main-line';

const words = (cells: ReturnType<typeof mainLine>): number =>
  cells
    .filter(({ isText }) => isText)
    .flatMap(({ source }) => source.split(/\s+/).filter(word => /\p{L}/u.test(word))).length;

describe('the main line of the lesson', () => {
  const cells = mainLine('en');

  it('has at most 4,300 words of English, a third of them in stages 8 and 9', () => {
    const all = words(cells);
    const share = words(cells.filter(({ stage }) => stage === 8 || stage === 9)) / all;
    assert.ok(all <= 4300, `${all} words`);
    assert.ok(share <= 0.32, `${share} of the words are in stages 8 and 9`);
  });

  it('calls TensorFlow.js in at least half of the code that neither asks nor draws', () => {
    const statements = cells
      .filter(({ isText }) => !isText)
      .flatMap(({ source }) => source.split('\n'))
      .filter(
        line =>
          /\w/.test(line) &&
          !/^import |figures\.|display\(|digits\.(guess|reveal|findings|setLanguage|digitPad|oneUnit|quiz)/.test(
            line,
          ),
      );
    const plain = statements.filter(line =>
      /\btf\.|\b(model|first|small|plain|copy|loaded|net)\.\w+\(|\.(slice|reshape|print|argMax|arraySync|gather|toFloat|mul|mean|log|cos|sin|min|max|dispose)\(|(batchSize|epochs|validationSplit|validationData|optimizer|loss|metrics|callbacks|verbose): /.test(
        line,
      ),
    );
    const share = plain.length / statements.length;
    assert.ok(share >= 0.5, `${plain.length} of ${statements.length} lines`);
  });

  it('asks for no method that digits had in place of TensorFlow.js’s', () => {
    const code = cells.map(({ source }) => source).join('');
    assert.doesNotMatch(code, /digits\.(fit|evaluate|predict|summary|range|oneStep)\b/);
  });
});
