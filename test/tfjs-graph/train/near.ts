import assert from 'node:assert/strict';

/** Asserts that each number is near the expected one, by a share of that. */
export function assertRelative(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  within: number,
  what: string,
): void {
  assertNear(actual, expected, within, what, Math.abs);
}

/** Asserts that each number differs from the expected one by no more than `within`. */
export function assertWithin(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  within: number,
  what: string,
): void {
  assertNear(actual, expected, within, what, () => 1);
}

function assertNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  within: number,
  what: string,
  scale: (expected: number) => number,
) {
  assert.ok(expected.length > 0, `${what}: nothing to compare with`);
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; i++) {
    const [ours = NaN, theirs = NaN] = [actual[i], expected[i]];
    const ok = Math.abs(ours - theirs) <= within * scale(theirs);
    assert.ok(ok, `${what} ${i}: ${ours}, expected ${theirs}`);
  }
}
