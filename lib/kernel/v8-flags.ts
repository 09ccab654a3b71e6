/** Settings of V8, made before the compiler's thread is started. */
import { setFlagsFromString } from 'node:v8';

/**
 * V8 waits longer before it optimizes a function. TypeScript and TensorFlow.js run thousands of functions a
 * moment each, which are not worth the work of TurboFan's threads. Loops that run long are still
 * optimized, some milliseconds later. Without it "Run All" ends after 5.7 s and takes 9.7 s of
 * processor time.
 */
const [v8 = 0] = process.versions.v8.split('.').map(Number);
// One setting under two names: V8 counts bytes of code run, from version 12 on calls of a function.
if (v8 < 12) setFlagsFromString('--interrupt-budget=500000');
else setFlagsFromString('--invocation-count-for-turbofan=30000');

/**
 * The compiler's thread soon holds 130 MB for good, and V8 would go through all of it on the way there.
 * Without it the first completion takes 0.2 s in place of 0.08 s.
 */
setFlagsFromString('--initial-heap-size=256');
