/** A real clamd in a folder of its own, with one signature: that of the EICAR test file. Nothing is downloaded, and nothing installed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vrijePoort, wachtTot } from '#src/proces.ts';

/** Put together here, so that no file of the project holds it and no scanner takes one away. */
export const EICAR = ['X5O!P%@AP[4', '\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** Debian has it outside the PATH of ordinary users. */
const PADEN = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin`;
const gevonden = spawnSync('clamd', ['--version'], { env: { PATH: PADEN }, encoding: 'utf8' });
export const heeftClamd = gevonden.status === 0;
if (!heeftClamd) console.warn('Skipped: no clamd on the PATH (Debian: apt-get install clamav-daemon).');

export interface Draaiend {
  readonly poort: number;
  readonly socket: string;
  /** kill -9; the folder stays for the next start. */
  dood(): Promise<void>;
  start(): Promise<void>;
  weg(): Promise<void>;
}

const leeft = (poort: number): Promise<boolean> =>
  new Promise((klaar) => {
    const socket = connect(poort, '127.0.0.1', () => socket.write('zPING\0'));
    socket.on('error', () => klaar(false));
    socket.on('data', (stuk) => {
      klaar(stuk.toString() === 'PONG\0');
      socket.destroy();
    });
  });

/** @param maxMb largest stream that it takes, in MB */
export async function startClamd({ maxMb = 26 } = {}): Promise<Draaiend> {
  const map = await mkdtemp(join(tmpdir(), 'knooppunt-clamd-'));
  await chmod(map, 0o755);
  const db = join(map, 'db');
  await mkdir(db);
  // Name, any kind of file, any place in it, the bytes.
  await writeFile(join(db, 'proef.ndb'), `Proef.Eicar:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
  const poort = await vrijePoort();
  const socket = join(map, 'clamd.ctl');
  const conf = join(map, 'clamd.conf');
  const regels = ['Foreground yes', `DatabaseDirectory ${db}`, `TemporaryDirectory ${map}`, `LocalSocket ${socket}`];
  const tcp = [`TCPSocket ${poort}`, 'TCPAddr 127.0.0.1', `StreamMaxLength ${maxMb}M`, 'MaxFileSize 26M'];
  await writeFile(conf, [...regels, ...tcp, ''].join('\n'));
  let kind: ReturnType<typeof spawn> | undefined;
  const dood = async (): Promise<void> => {
    if (!kind || kind.exitCode !== null || kind.signalCode !== null) return;
    const einde = once(kind, 'exit');
    kind.kill('SIGKILL');
    await einde;
  };
  const start = async (): Promise<void> => {
    await rm(socket, { force: true });
    kind = spawn('clamd', ['--config-file', conf], { env: { PATH: PADEN }, stdio: 'ignore' });
    await wachtTot(() => leeft(poort), { ms: 60_000, wat: 'clamd that answers' });
  };
  const weg = async (): Promise<void> => {
    await dood();
    await rm(map, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (fout) {
    await weg();
    throw fout;
  }
  return { poort, socket, dood, start, weg };
}
