import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const NOBODY = 65534;

/** Acts without the rights of root, which ignore file modes. */
export async function withoutRoot<T>(act: () => Promise<T>): Promise<T> {
  const { getuid, geteuid, setegid, seteuid, setgroups } = process;
  if (geteuid?.() !== 0) return act();
  const groups = process.getgroups?.() ?? [];
  const group = process.getegid?.() ?? 0;
  setgroups?.([]);
  setegid?.(NOBODY);
  seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    seteuid?.(getuid?.() ?? 0);
    setegid?.(group);
    setgroups?.(groups);
  }
}

/** Acts while this process may open no further file. */
export async function withoutHandles<T>(act: () => Promise<T>): Promise<T> {
  const self = `--pid=${process.pid}`;
  const limit = (files: string) => execFileSync('prlimit', [self, `--nofile=${files}:`]);
  const soft = ['--nofile', '--output=SOFT', '--noheadings'];
  const limits = `${execFileSync('prlimit', [self, ...soft])}`.trim();
  const opened: number[] = [];
  limit('200');
  try {
    try {
      for (;;) opened.push(openSync('/dev/null', 'r'));
    } catch {
      return await act();
    }
  } finally {
    opened.forEach(closeSync);
    limit(limits);
  }
}
