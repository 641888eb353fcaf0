/** Export to a file or a stream, as JSON Lines. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Bestemming } from './exporteren.ts';
import type { Logrecord } from './record.ts';
import { Exportfout, Voortgang } from './voortgang.ts';

const alsRegels = (records: readonly Logrecord[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** A new file, that only its owner can read. One that an export was broken off in is cut back to its last whole page, and goes on from there. */
export function naarBestand(pad: string): Bestemming {
  const voortgang = new Voortgang(`${pad}.voortgang`, 'bestand');
  let bestand: FileHandle | undefined;
  let bytes = 0;
  const geopend = (): FileHandle => {
    if (!bestand) throw new Error('the export was not begun');
    return bestand;
  };
  return {
    async begin(periode) {
      const stand = voortgang.lees(periode);
      if (!stand && existsSync(pad)) throw new Exportfout(`${pad} bestaat al; er is niets geschreven.`);
      bestand = await open(pad, stand ? 'r+' : 'wx', 0o600);
      bytes = stand?.bytes ?? 0;
      await bestand.truncate(bytes);
      if (!stand) voortgang.bewaar({ na: 0, bytes });
      return stand?.na ?? 0;
    },
    async lever(records) {
      const { bytesWritten } = await geopend().write(alsRegels(records), bytes, 'utf8');
      bytes += bytesWritten;
    },
    async onthoud(na) {
      await geopend().datasync();
      voortgang.bewaar({ na, bytes });
    },
    async klaar() {
      await geopend().sync();
      await geopend().close();
      voortgang.wis();
    },
  };
}

/** To whoever reads our output. Nothing is remembered: a pipe cannot go on later. */
export const naarStroom = (stroom: Writable): Bestemming => ({
  begin: async () => 0,
  async lever(records) {
    if (!stroom.write(alsRegels(records))) await once(stroom, 'drain');
  },
  onthoud: async () => undefined,
  klaar: async () => undefined,
});
