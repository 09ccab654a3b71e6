import { deepEqual, equal, throws } from 'node:assert/strict';
import { setLanguage } from '../../../lib/language';
import { Compiler } from '../../../lib/notebook/compiler/compiler';

describe('the compiler', () => {
  const started: Compiler[] = [];
  const compiler = (...imports: string[]) => {
    const compiler = new Compiler({}, imports);
    started.push(compiler);
    return compiler;
  };
  afterEach(() => {
    for (const compiler of started.splice(0)) compiler.close();
    setLanguage('zh');
  });

  const convert = (from: Compiler, code: string) =>
    from.call('convert', '', code) as { output?: string; diagnostics: { messageText: string }[] };

  it('answers in the order of the calls, also to one that came before it was ready', () => {
    const one = compiler();
    deepEqual(one.call('isCompleteCode', '1 + 1'), { completed: true });
    const { output, diagnostics } = convert(one, "import { sep } from 'node:path'; const s = sep;");
    deepEqual(diagnostics, []);
    equal(output?.includes('require("node:path")'), true, output);
  });

  it('does not mind that what it reads ahead is missing', () => {
    const { diagnostics } = convert(compiler('no-such-package'), 'const s: string = 1;');
    deepEqual(
      diagnostics.map(({ messageText }) => messageText),
      ["Type 'number' is not assignable to type 'string'."],
    );
  });

  it('hands on what its thread throws', () => {
    const one = compiler();
    throws(() => one.call('addModule', 'not a name', ''), /invalid module name: "not a name"/);
    equal(convert(one, '1').diagnostics.length, 0);
  });

  it('says what to do once it has stopped', () => {
    const one = compiler();
    one.close();
    setLanguage('en');
    throws(() => convert(one, '1'), /compiler has stopped\. Restart the kernel/);
    setLanguage('zh');
    throws(() => convert(one, '1'), /编译器已停止运行。请重启内核/);
  });
});
