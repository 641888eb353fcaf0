/** Our own Redis, and the check whether a Redis may be trusted with the queue. */
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { argumentenVan, draait, wachtTot } from '#src/proces.ts';
import { controleerRedis } from '#src/wachtrij/controle.ts';
import { type Ingebed, startIngebedRedis } from '#src/wachtrij/ingebed.ts';
import { zorgVoorRedis } from '#src/wachtrij/programma.ts';
import { startInKind } from '../hulp/kind.ts';

const wachtwoord = `p@ss/'"\\ ${'é'}`;
let ouder: string;
let map: string;
let gestart: Ingebed[];
let verbindingen: Redis[];

beforeEach(async () => {
  ouder = await mkdtemp(join(tmpdir(), 'knooppunt redis-'));
  map = join(ouder, 'redis');
  gestart = [];
  verbindingen = [];
});

afterEach(async () => {
  for (const verbinding of verbindingen) verbinding.disconnect();
  for (const server of gestart) await server.stop();
  await rm(ouder, { recursive: true, force: true });
});

async function start(): Promise<Ingebed> {
  const server = await startIngebedRedis({ map, wachtwoord });
  gestart.push(server);
  return server;
}

function verbind(server: Ingebed, url = server.url): Redis {
  const verbinding = new Redis(url, { retryStrategy: () => null, enableReadyCheck: false });
  verbinding.on('error', () => undefined);
  verbindingen.push(verbinding);
  return verbinding;
}

describe('our own Redis', () => {
  test('stopping and starting keeps the data and the port', async () => {
    const eerste = await start();
    await verbind(eerste).set('a', '1');
    await eerste.stop();
    await eerste.stop();

    const tweede = await start();
    expect(await verbind(tweede).get('a')).toBe('1');
    expect(tweede.poort).toBe(eerste.poort);
  });

  test('nobody gets in without the password, and it is on no command line', async () => {
    const server = await start();
    const zonder = verbind(server, `redis://127.0.0.1:${server.poort}`);
    await expect(zonder.get('a')).rejects.toThrow('NOAUTH');
    expect(argumentenVan(server.pid).join(' ')).not.toContain(wachtwoord);
    expect((await stat(join(map, 'redis.conf'))).mode & 0o777).toBe(0o600);
  });

  test('kill -9 of whoever started it: the next takes it over', async () => {
    const { kind, pid } = await startInKind('src/wachtrij/ingebed.ts', 'startIngebedRedis', { map, wachtwoord });
    process.kill(-Number(kind.pid), 'SIGKILL');
    await once(kind, 'exit');
    const server = await start();
    expect(server.pid).toBe(pid);
    expect(await verbind(server).ping()).toBe('PONG');
  });

  test('kill -9 of the server: it then starts again with what was on disk', async () => {
    const eerste = await start();
    const verbinding = verbind(eerste);
    await verbinding.set('a', '1');
    const opSchijf = async () => (await verbinding.info('persistence')).includes('aof_pending_bio_fsync:0');
    await wachtTot(opSchijf, { ms: 10_000, wat: 'schrijven' });
    process.kill(eerste.pid, 'SIGKILL');
    await wachtTot(() => !draait(eerste.pid, join(map, 'redis.conf')), { ms: 10_000, wat: 'einde van de server' });
    expect(await verbind(await start()).get('a')).toBe('1');
  });

  test('two that start at once get the same server', async () => {
    const [een, twee] = await Promise.all([start(), start()]);
    expect(een.pid).toBe(twee.pid);
  });

  test('a different password is reported', async () => {
    await start();
    await expect(startIngebedRedis({ map, wachtwoord: 'anders' })).rejects.toThrow('Het wachtwoord past niet');
  });
});

describe('the check at startup', () => {
  test('our own Redis is in order', async () => {
    expect(await controleerRedis(verbind(await start()))).toEqual([]);
  });

  test('a wrong policy and a queue that is not stored are named', async () => {
    const verbinding = verbind(await start());
    await verbinding.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await verbinding.config('SET', 'appendonly', 'no');
    expect(await controleerRedis(verbinding)).toEqual([
      { ernst: 'fout', veld: 'maxmemory_policy', melding: expect.stringContaining('maxmemory-policy allkeys-lru') },
      { ernst: 'fout', veld: 'aof_enabled', melding: expect.stringContaining('appendonly no') },
    ]);
  });

  test('what may not be asked is a warning', async () => {
    const server = await start();
    await verbind(server).acl('SETUSER', 'beperkt', 'on', '>x', '~*', '+@all', '-info', '-config');
    const beperkt = verbind(server, `redis://beperkt:x@127.0.0.1:${server.poort}`);
    const bevindingen = await controleerRedis(beperkt);
    expect(bevindingen.map(({ ernst }) => ernst)).toEqual(['waarschuwing', 'waarschuwing', 'waarschuwing']);
    expect(bevindingen[1]?.melding).toContain('maxmemory-policy');
  });
});

describe('no redis-server', () => {
  const startbeleid = () => join(ouder, 'policy-rc.d');
  const bin = () => join(ouder, 'bin');

  async function programma(naam: string, inhoud: string): Promise<void> {
    await mkdir(bin(), { recursive: true });
    await writeFile(join(bin(), naam), `#!/bin/sh\n${inhoud}\n`);
    await chmod(join(bin(), naam), 0o755);
  }

  /** Stands in for apt-get: notes what it was asked and what the start policy said, and installs a program. */
  const apt = (doel: string) => `
    echo "$@" beleid=$(/bin/sh '${startbeleid()}'; echo $?) >> '${ouder}/apt.log'
    case "$*" in *install*) echo '#!/bin/sh' > '${doel}';; esac`;

  test('whoever is not root gets the command that does it', async () => {
    await programma('apt-get', 'exit 1');
    const poging = zorgVoorRedis(undefined, { pad: bin(), root: false, startbeleid: startbeleid() });
    await expect(poging).rejects.toThrow('sudo apt-get install -y redis-server');
  });

  test('root on Debian: it is installed, and the service of the package does not start', async () => {
    await programma('apt-get', apt(join(bin(), 'redis-server')));
    await programma('service', `echo service "$@" >> '${ouder}/apt.log'`);
    await programma('update-rc.d', `echo update-rc.d "$@" >> '${ouder}/apt.log'`);
    const gemeld: string[] = [];
    const pad = await zorgVoorRedis((zin) => gemeld.push(zin), { pad: bin(), root: true, startbeleid: startbeleid() });
    expect(pad).toBe(join(bin(), 'redis-server'));
    expect(gemeld).toHaveLength(1);
    const [update, install, ...daarna] = (await readFile(join(ouder, 'apt.log'), 'utf8')).trim().split('\n');
    expect(update).toMatch(/ update beleid=101$/);
    expect(install).toMatch(/ install -y --no-install-recommends redis-server beleid=101$/);
    expect(daarna).toEqual(['service redis-server stop', 'update-rc.d redis-server disable']);
    await expect(stat(startbeleid())).rejects.toThrow('ENOENT');
  });

  test('when installing fails, the reason is given', async () => {
    await programma('apt-get', 'echo "E: Unable to locate package" >&2; exit 100');
    const poging = zorgVoorRedis(undefined, { pad: bin(), root: true, startbeleid: startbeleid() });
    await expect(poging).rejects.toThrow('Unable to locate package');
  });

  test('valkey-server will do as well', async () => {
    await programma('valkey-server', 'exit 0');
    const pad = await zorgVoorRedis(undefined, { pad: bin(), root: false, startbeleid: startbeleid() });
    expect(pad).toBe(join(bin(), 'valkey-server'));
  });
});
