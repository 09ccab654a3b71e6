/** Starts the kernel, built anew if a source has changed: `node main.cjs CONNECTION_FILE`. */
require('./build.cjs').refresh();
require('./dist/protocol.js');
