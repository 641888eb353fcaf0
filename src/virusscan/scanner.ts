/** What intake knows of a virus scanner: bytes go past it, and at the end there is a refusal or there is none. */
import type { Clamdconfig } from '../config-verharding.ts';
import { KnooppuntFout } from '../fouten.ts';
import { type Clamd, Clamdscan, clamdAdres, SCANTIJDEN, ScannerWeg, type Scantijden } from './clamd.ts';
import { Plekken } from './plekken.ts';

/** doorgelaten: not scanned, because the scanner was away and the installation chose so. */
export type Scanuitslag = 'schoon' | 'besmet' | 'mislukt' | 'doorgelaten';

export interface Scan {
  /** @throws KnooppuntFout tijdelijkNietBeschikbaar */
  voegToe(stuk: Uint8Array): Promise<void>;
  /** @throws KnooppuntFout virusGevonden, or tijdelijkNietBeschikbaar when there is no verdict */
  einde(): Promise<void>;
  /** To be called however it went. */
  sluit(): void;
}

export interface Virusscanner {
  /** @param client whose message it is: one client cannot take all places */
  begin(client: string): Scan;
}

/** clamd has 12 threads when nothing else was configured. */
const KLEINE_TEGELIJK = 6;
const GROTE_TEGELIJK = 6;
const GROTE_PER_CLIENT = 2;
const PLEK_MS = 10_000;

const geenOordeel = (oorzaak: unknown): KnooppuntFout =>
  new KnooppuntFout('tijdelijkNietBeschikbaar', 'Wat u stuurt kon niet op virussen worden gecontroleerd.', {
    cause: oorzaak,
  });

export interface Scanneropties {
  readonly opUitslag: (uitslag: Scanuitslag) => void;
  readonly tijden?: Scantijden;
}

/**
 * Only a scanner that cannot be reached is passed over, and only when the installation chose so: a scan that fails for another reason
 * may have failed because of the message, and then its sender would choose.
 */
export function maakVirusscanner(
  { adres, bijUitval }: Clamdconfig,
  { opUitslag, tijden = SCANTIJDEN }: Scanneropties,
): Virusscanner {
  const clamd: Clamd = {
    naar: clamdAdres(adres),
    klein: new Plekken(KLEINE_TEGELIJK, KLEINE_TEGELIJK, PLEK_MS),
    groot: new Plekken(GROTE_TEGELIJK, GROTE_PER_CLIENT, PLEK_MS),
    tijden,
  };
  return {
    begin(client) {
      const scan = new Clamdscan(clamd, client);
      let overgeslagen = false;
      const probeer = async (werk: () => Promise<Scanuitslag | undefined>): Promise<Scanuitslag | undefined> => {
        if (overgeslagen) return undefined;
        try {
          return await werk();
        } catch (fout) {
          if (!(fout instanceof ScannerWeg) || bijUitval === 'weiger') {
            opUitslag('mislukt');
            throw geenOordeel(fout);
          }
          overgeslagen = true;
          return 'doorgelaten';
        }
      };
      return {
        async voegToe(stuk) {
          const uitslag = await probeer(async () => {
            await scan.voegToe(stuk);
            return undefined;
          });
          if (uitslag) opUitslag(uitslag);
        },
        async einde() {
          const uitslag = await probeer(() => scan.einde());
          if (uitslag) opUitslag(uitslag);
          if (uitslag === 'besmet') throw new KnooppuntFout('virusGevonden');
        },
        sluit: () => scan.sluit(),
      };
    },
  };
}
