/** The file by which Jupyter tells a kernel where to listen. */
import { getHashes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PORTS = ['shell_port', 'control_port', 'iopub_port', 'stdin_port', 'hb_port'] as const;

export interface ConnectionInfo extends Record<(typeof PORTS)[number], number> {
  /** `tcp`, or `ipc`, whose ports are endings of a path. */
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
}

/**
 * Reads the connection file.
 *
 * @throws Error that names the file, what it should hold and what is wrong with it.
 */
export function readConnectionFile(file: string): ConnectionInfo {
  const refuse = (reason: string): never => {
    throw new Error(`Expected the connection file of a Jupyter client at ${file}: ${reason}`);
  };
  let text = '';
  let found: Partial<ConnectionInfo> | null = null;
  try {
    text = readFileSync(file, 'utf8');
    found = JSON.parse(text);
  } catch (error) {
    refuse((error as Error).message);
  }
  const info = {
    ...{ transport: 'tcp', key: '', signature_scheme: 'hmac-sha256' },
    ...found,
  } as ConnectionInfo;
  if (!info.ip) refuse(`it has no "ip"; it holds ${text.length} characters`);
  if (!getHashes().includes(hashOf(info.signature_scheme))) {
    refuse(`its "signature_scheme" is ${info.signature_scheme}`);
  }
  for (const name of PORTS) {
    if (!Number.isInteger(info[name])) refuse(`its "${name}" is ${info[name]}`);
  }
  return info;
}

/** Returns the hash of a scheme such as `hmac-sha256`. */
export const hashOf = (scheme: string): string => String(scheme).replace(/^hmac-/, '');

export const addressOf = ({ transport, ip }: ConnectionInfo, port: number): string =>
  transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
