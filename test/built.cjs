// Builds the notebooks' packages before a test, if a source has changed.
require('../lib/kernel/build.cjs').refresh();
