/** Tells whether a window can be opened here: not over SSH, and on Linux only beside a display. */
export function hasDisplay(
  env = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
