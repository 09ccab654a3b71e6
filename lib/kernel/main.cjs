/** Starts the kernel after a rebuild if a source has changed: `node main.cjs CONNECTION_FILE`. */
require('./build.cjs').refresh();
require('./dist/protocol.js');
