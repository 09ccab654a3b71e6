/** The texts of the teacher's page, in English. */
export const en = {
  title: 'The class',
  lesson: 'My own lesson',
  logOut: 'Log out',
  now: (there: number, all: number, memory: string, disk: string) =>
    `${there} of ${all} learners are here. This machine has ${memory} of memory and ${disk} of disk left.`,
  nobody: 'Nobody has logged in yet. Learners appear here by themselves.',
  lost: 'The classroom does not answer. If it was closed, open it again; this page goes on by itself.',
  loggedOut: 'You are logged out, or are not the teacher. Load this page again to log in.',
  lowMemory: (left: string) =>
    `Only ${left} of memory is left on this machine. Stop those who have left, or the largest ones.`,
  lowDisk: (left: string) =>
    `Only ${left} of disk is left on this machine: nothing more may be saved soon.`,
  closed: (names: string, folder: string) =>
    `Learners cannot read ${names} in ${folder}, so it is not handed out. It must be a file, not a folder; give it free with chmod o+r.`,
  columns: {
    name: 'Learner',
    state: 'Now',
    progress: 'Exercises',
    last: 'Last entry',
    memory: 'Memory',
    processes: 'Processes',
    disk: 'Disk',
    actions: 'Do',
  },
  states: {
    on: 'idle',
    off: 'not here',
    failed: 'the server did not start; see the log in the classroom’s folder hub',
    spawn: 'starting',
    stop: 'stopping',
    check: 'starting',
    silent: 'the server does not answer',
  } as Record<string, string>,
  busy: (time: string) => `computing for ${time}`,
  ended: (what: string, ago: string) => `stopped at the limit (${what}) ${ago} ago`,
  passed: (passed: number, tried: number) => (tried ? `${passed} of ${tried} tried` : 'none tried'),
  stuck: (exercise: string, tries: number) => `stuck at ${exercise}: ${tries} wrong tries in a row`,
  quiet: (time: string) => `nothing new for ${time}`,
  ago: (time: string) => `${time} ago`,
  seconds: (n: number) => `${n} s`,
  minutes: (n: number) => `${n} min`,
  hours: (n: number) => `${n} h`,
  days: (n: number) => `${n} d`,
  limits: { memory: 'memory', processes: 'processes', disk: 'disk' },
  stop: 'Stop',
  stopWhat: (name: string) =>
    `Stop the server of ${name}? What runs ends; what was saved stays. ${name} can start it again at once.`,
  reset: 'Reset…',
  resetWhat: (name: string) =>
    `Give ${name} fresh copies of everything? What ${name} has, the record of exercises included, moves to a folder named backup with today’s date; nothing is deleted. What runs ends.`,
  failed: (name: string) => `That did not work for ${name}. Wait a moment, then try again.`,
  hint: (folder: string, names: string) =>
    `What you put into ${folder} reaches every learner in a few seconds, or at the next start; a changed file comes under a new name beside the learner’s own. ${names ? `There now: ${names}.` : 'It is empty now.'}`,
};

/** The texts that each language has. */
export type Messages = typeof en;
