/** The official case descriptions, step by step, with the verdict that each step must have. As lives without a store. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Domein } from '#src/standards/catalogus.ts';
import { NORM } from '../xsd/schemas.ts';
import { Leven } from './leven.ts';
import { start, stop, toewijzing } from './maak.ts';

interface Regel {
  readonly ToewijzingNummer: string;
  readonly Categorie: string;
  readonly Code: string;
  readonly Toewijzingsdatum: string;
  readonly Ingangsdatum: string;
  readonly Einddatum: string;
  readonly Volume: number;
  readonly Frequentie: '2';
  readonly RedenWijziging?: string;
  readonly ToewijzingIngangsdatum: string;
  readonly Begindatum: string;
  readonly StatusAanlevering: '1' | '3';
  readonly RedenBeeindiging: string;
}
interface Stap {
  readonly dagtekening: string;
  /** WMO301, JW305, ... */
  readonly bericht: string;
  readonly ToegewezenProduct?: readonly Regel[];
  readonly StartProduct?: readonly Regel[];
  readonly StopProduct?: readonly Regel[];
  readonly verwacht: string;
}
interface Casus {
  readonly casus: number;
  readonly titel: string;
  readonly standaard: Domein;
  readonly bsn: string;
  readonly stappen: readonly Stap[];
}

const MAP = path.join(NORM, 'casus');
const aanwezig = existsSync(MAP);
if (!aanwezig) console.warn(`Skipped: no case descriptions in ${MAP}. Set KNOOPPUNT_NORM.`);
const GEEN: Casus = { casus: 0, titel: '', standaard: 'iwmo', bsn: '', stappen: [] };
const gevallen = aanwezig
  ? readdirSync(MAP).map((naam) => JSON.parse(readFileSync(path.join(MAP, naam), 'utf8')) as Casus)
  : [GEEN];

const product = ({ Categorie: categorie, Code: code }: Regel) => ({ categorie, code });
const levering = (regel: Regel) => ({
  nummer: regel.ToewijzingNummer,
  product: product(regel),
  ingang: regel.ToewijzingIngangsdatum,
  begin: regel.Begindatum,
  status: regel.StatusAanlevering,
});

function zet(leven: Leven, { bsn }: Casus, stap: Stap) {
  const { dagtekening, ToegewezenProduct = [], StartProduct = [], StopProduct = [] } = stap;
  switch (stap.bericht.slice(-3)) {
    case '301': {
      const producten = ToegewezenProduct.map((regel) => ({
        nummer: regel.ToewijzingNummer,
        product: product(regel),
        op: regel.Toewijzingsdatum,
        ingang: regel.Ingangsdatum,
        einde: regel.Einddatum,
        omvang: { volume: String(regel.Volume), frequentie: regel.Frequentie },
        ...(regel.RedenWijziging !== undefined && { reden: regel.RedenWijziging }),
      }));
      return leven.ontvang('301', dagtekening, toewijzing(...producten), { bsn });
    }
    case '305':
      return leven.ontvang('305', dagtekening, start(...StartProduct.map(levering)), { bsn });
    case '307': {
      const producten = StopProduct.map((regel) => ({
        ...levering(regel),
        reden: regel.RedenBeeindiging,
        einde: regel.Einddatum,
      }));
      return leven.ontvang('307', dagtekening, stop(...producten), { bsn });
    }
    default:
      throw new Error(`This test cannot make ${stap.bericht}.`);
  }
}

describe.skipIf(!aanwezig)('official case', () => {
  test('there are some', () => {
    expect(gevallen.length).toBeGreaterThanOrEqual(2);
  });

  test.each(gevallen)('$casus: $titel', (casus) => {
    const leven = new Leven(casus.standaard);
    for (const stap of casus.stappen) {
      const { vondsten } = zet(leven, casus, stap);
      const uitslag = vondsten.some(([, ernst]) => ernst === 'fout') ? 'afgekeurd' : 'goedgekeurd';
      expect([stap.bericht, stap.dagtekening, uitslag, vondsten]).toEqual([
        stap.bericht,
        stap.dagtekening,
        stap.verwacht,
        [],
      ]);
    }
  });
});

/** What both cases say, told again in dates of our own; this does not need the norm. */
describe.each(['iwmo', 'ijw'] as const)('%s', (domein) => {
  test('a toewijzing is stretched after its start, under its own number', () => {
    const leven = new Leven(domein);
    expect(
      leven.ontvang('301', '2026-01-02', toewijzing({ ingang: '2026-01-05', einde: '2026-05-31' })).vondsten,
    ).toEqual([]);
    expect(leven.ontvang('305', '2026-01-09', start({ ingang: '2026-01-05', begin: '2026-01-08' })).vondsten).toEqual(
      [],
    );
    const langer = toewijzing({ ingang: '2026-01-05', einde: '2026-11-30', reden: '04' });
    expect(leven.ontvang('301', '2026-04-20', langer).vondsten).toEqual([]);
  });

  test('a stop for a while becomes one for good on the same last day', () => {
    const leven = new Leven(domein);
    leven.stuur('301', '2026-01-02', toewijzing());
    leven.stuur('305', '2026-03-05', start());
    const einde = '2026-05-20';
    expect(leven.ontvang('307', '2026-05-21', stop({ reden: '20', einde })).vondsten).toEqual([]);
    expect(leven.ontvang('307', '2026-06-05', stop({ reden: '38', einde })).vondsten).toEqual([]);
  });
});
