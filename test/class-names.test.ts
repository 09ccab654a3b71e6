/** Printed values and error messages show a class under its exported name. */
import assert from 'node:assert/strict';
import * as loader from 'mnist-data-loader';
import * as engine from 'tfjs-graph';

const isClass = (value: unknown) => /^class\b/.test(Function.prototype.toString.call(value));

for (const [name, exported] of Object.entries({ loader, engine })) {
  it(`${name} keeps the names of its classes`, () => {
    const classes = Object.entries<unknown>({ ...exported }).filter(
      ([, value]) => typeof value === 'function' && isClass(value),
    );
    assert.ok(classes.length > 0);
    for (const [as, value] of classes) assert.equal((value as { name: string }).name, as);
  });
}
