/** Builds the site of the tests, in the folder that is given: a program, so that it shows nothing there. */
import { pythonEnvironment } from '../../../lib/command/machine/paths';
import { buildSite } from '../../../lib/publish/site/build';

buildSite(pythonEnvironment(), { to: process.argv[2] }).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
