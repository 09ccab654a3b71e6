// @ts-check

/** What the tools say before the npm packages are installed, in English: plain JavaScript, therefore. */
export const en = {
  bootstrap: {
    //
  },

  causes: {
    //
  },

  npm: {
    //
  },

  options: {
    //
  },
};
