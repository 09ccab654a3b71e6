/** Jupyter's connection file with the kernel's addresses and key. */
import { readFileSync } from 'node:fs';

type Port = 'shell_port' | 'control_port' | 'iopub_port' | 'stdin_port' | 'hb_port';

export interface ConnectionInfo extends Record<Port, number> {
  /** `tcp` or `ipc`. For `ipc`, the ports are path suffixes. */
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
}

/** Reads the connection file. @throws Error with the path and the expected content. */
export function readConnectionFile(file: string): ConnectionInfo {
  try {
    const defaults = { transport: 'tcp', key: '', signature_scheme: 'hmac-sha256' };
    return { ...defaults, ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Expected the connection file of a Jupyter client at ${file}: ${message}`);
  }
}

/** Returns the hash name of a scheme such as `hmac-sha256`. */
export const hashOf = (scheme: string): string => String(scheme).replace(/^hmac-/, '');

export const addressOf = ({ transport, ip }: ConnectionInfo, port: number): string =>
  transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
