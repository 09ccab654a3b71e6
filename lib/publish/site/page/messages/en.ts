/** The site's texts in JupyterLab's page, in English. JupyterLab cuts a notice after 140 characters. */
export const en = {
  tryAgain: 'Try again',
  ok: 'OK',
  lesson: 'Lesson',
  cut: (files: string) =>
    `The lesson did not load completely${files && `: ${files} is missing`}. The connection may have been lost.`,
  noWebAssembly:
    'The lesson cannot run: this browser has no WebAssembly, or it is switched off, as in Lockdown Mode. Use another browser, or read the lesson as a page.',
  noStorage: (host: string) =>
    `This browser does not let this site (${host}) store anything, so the lesson cannot open. Allow cookies and site data for the site in the browser’s settings, then try again.`,
  notSecure: (host: string) =>
    `This address (${host}) is not https: the lesson runs, but the browser does not let it work offline. Serve the site over https, or open it on this machine at http://127.0.0.1.`,
  fromFile:
    'The lesson cannot run from a file; it needs a web server. Start one in the site’s folder, with “python3 -m http.server 8000” (on Windows “py -m http.server 8000”), and open http://127.0.0.1:8000/, or open the lesson’s website. The pages to read open from a file, too.',
  read: 'Read the lesson',
  offline: {
    keep: (megabytes: number) => `Keep the whole lesson for offline (${megabytes} MB)`,
    soFar: (kept: number | string, all: number | string) => `${kept} of ${all} MB`,
    kept: 'Kept: everything here works without a network, in both languages.',
    full: 'This browser could not keep it: its storage is full, or this is a private window. Free some space, or use an ordinary window, and try again.',
    cut: 'The connection broke off. What has arrived is kept; the rest follows when you press the button again.',
    open: 'Keep the Whole Lesson for Offline…',
  },
  twoTabs: (path: string) =>
    `“${path}” is also open in another tab. The tab that saves last overwrites the other’s changes: close one of them.`,
  newer: (path: string, mine: string) =>
    `There is a newer version of “${path}”; this is your own copy. Open the new one, and yours is kept as “${mine}”.`,
  openNewer: 'Open the new one and keep mine',
  restore: 'Get the Original Back (Keeps Your Copy)',
  mine: (count: string) => ` (mine${count})`,
  share: 'Share a Link',
  shareCaption: 'Copy a link to this notebook as it is now, without outputs',
  copied: (length: number) =>
    `Link copied: ${length} characters. It gives whoever opens it a copy of this notebook as it is now.`,
  copyThis: (length: number) =>
    `The browser does not let this page copy. Copy the link, ${length} characters, from here:`,
  linkTooLong: (length: number, most: number) =>
    `The link would be ${length} characters long; chats and browsers carry ${most}. Download the notebook and send the file.`,
  shared: (count: string) => ` (shared${count})`,
  warning: (path: string) =>
    `> **Somebody shared this notebook with you.** Its code may be anybody’s, and none has run yet: read a cell before you run it. This is your own copy, “${path}”; nothing that you had is changed. You can delete this cell.`,
  older:
    '\n>\n> The link is older than the lesson: cells that were not changed in it are those of today.',
  brokenLink:
    'The link cannot be opened: its end is missing, as some chats cut it, or it was made for another version of the lesson. Ask for the whole link, or for the notebook as a file.',
  download: 'Download the notebook',
  savesNothing:
    'This browser saves nothing for this page (a private window?). Closing it loses your changes. Download the notebook to keep them.',
  full: 'The notebook could not be saved; the browser’s storage may be full. Download it to keep your changes.',
  lost: (cells: string) =>
    `${cells} was still running when this notebook was closed; its kernel has ended since. Run it again.`,
  moreCells: (count: number) => ` and ${count} more`,
  goToCell: 'Go to the Cell',
  scorm: {
    state: (passed: readonly string[], left: readonly string[], points: number) =>
      `Passed: ${passed.join(', ') || 'none yet'}. Still to do: ${left.join(', ') || 'none'}. ${points} of 100 points.`,
    noPlatform:
      'This page was not opened by a learning platform (it finds no SCORM 1.2 there), so nothing is reported. Upload the package unchanged as a SCORM activity, and open it from the course.',
    refused: (reason: string) =>
      `The learning platform does not begin a session (${reason}), so nothing is reported. Close this page and open the activity anew from the course; if that does not help, tell your teacher.`,
    notTaken: (reason: string) =>
      `The learning platform has not taken this (${reason}). Leave this page open: it tries again.`,
    unreadable:
      'What the learning platform kept of your earlier visits cannot be read: your points stay, and what you had passed counts again once you run it.',
    others:
      'Answers that stand in the notebook already may be somebody else’s, or of an earlier attempt; what passes from now on counts.',
    noRecord: (reason: string) =>
      `This browser keeps no record of what you pass (${reason}), so nothing is reported. Allow cookies and site data for this address, then open the activity anew.`,
  },
};

/** The texts that each language has. */
export type Messages = typeof en;
