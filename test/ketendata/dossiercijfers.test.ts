/**
 * Random traffic in two lanes: the figures of the dossier, kept up to date as messages come in, are those of a slow reference; and counting everything
 * anew changes nothing. `ZAAD=… npx vitest run test/ketendata/dossiercijfers` repeats a failure; RONDES=… plays more messages.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { geraaktDoor, maakAnders } from '#src/ketendata/bijwerken.ts';
import { DOSSIERMETINGEN } from '#src/ketendata/metingen/dossiermetingen.ts';
import { CIJFERSLOT } from '#src/ketendata/toepassen.ts';
import { BERICHT } from '#src/ketendata/types.ts';
import { DOMEINEN, type Domein } from '#src/standards/catalogus.ts';
import { antwoordOp, declareer, type Post } from '../dossier/declareer.ts';
import { JAN, PIET, type Wijziging } from '../dossier/leven.ts';
import { aanvraag, antwoord, start, stop, toewijzing } from '../dossier/maak.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { GEMEENTE, type Gestuurd, Wereld } from './dossierwereld.ts';
import { referentie } from './referentie-dossier.ts';

const RONDES = Number(process.env.RONDES ?? 60);
const toeval = maakToeval(ZAAD);
const wereld = await Wereld.maak();
afterAll(() => wereld.weg());

const dagVan = (nr: number): string => new Date(Date.UTC(2026, 1, 2 + nr)).toISOString().slice(0, 10);
const METINGEN = DOSSIERMETINGEN.filter(({ bron }) => bron === undefined);

/** What the planner does when it hears of these messages. */
async function werkBij(ids: readonly string[]): Promise<number> {
  return wereld.database.transactie(async (client) => {
    const geraakt = await geraaktDoor(client, METINGEN, ids);
    return maakAnders(client, METINGEN, BERICHT, [...(geraakt.get(BERICHT) ?? [])]);
  }, CIJFERSLOT);
}

const { gestuurd } = wereld;
const open = (domein: Domein, past: (bericht: Gestuurd) => boolean): readonly Gestuurd[] =>
  gestuurd.filter(
    (bericht) =>
      bericht.domein === domein && !bericht.heen && !gestuurd.some(({ heen }) => heen === bericht) && past(bericht),
  );

function woonplaats(kenmerk: string): Wijziging<'319'> {
  return (bericht, domein) => {
    antwoord(kenmerk, '1')(bericht, domein);
    if (domein === 'ijw')
      Object.assign(bericht.Antwoord, { RedenAfwijzingVerzoek: '8', Woonplaatsbeginsel: { Gemeente: '0384' } });
  };
}

/** One more message of some kind on that day. */
async function volgende(domein: Domein, dag: string): Promise<unknown> {
  const bsn = toeval.kies([JAN, PIET]);
  const nummer = toeval.kies(['1', '2', '3']);
  const kenmerk = toeval.kies(['A', 'B']);
  const begin = dagVan(toeval.kies([22, 28, 40]));
  const status = toeval.kans(0.4) ? '3' : '1';
  const soorten: Readonly<Record<string, () => Promise<unknown> | undefined>> = {
    301: () => {
      const ingang = dagVan(toeval.geheel(15, 30));
      const weg = toeval.kans(0.2);
      const een = {
        nummer,
        ingang,
        einde: weg ? ingang : '2026-12-31',
        ...(weg && { reden: '13' }),
        ...(toeval.kans(0.4) && { kenmerk }),
      };
      return wereld.stuur(domein, '301', dag, toewijzing(een), { bsn });
    },
    305: () =>
      wereld.stuur(domein, '305', dag, start({ nummer: toeval.kans(0.1) ? null : nummer, begin, status }), { bsn }),
    307: () => {
      const einde = dagVan(toeval.geheel(41, 42));
      return wereld.stuur(
        domein,
        '307',
        dag,
        stop({ nummer, begin: dagVan(40), einde, status, reden: toeval.kies(['20', '38']) }),
        { bsn },
      );
    },
    315: () => wereld.stuur(domein, '315', dag, aanvraag(...(toeval.kans(0.3) ? ['A', 'B'] : [kenmerk])), { bsn }),
    319: () => wereld.stuur(domein, '319', dag, toeval.kans(0.5) ? antwoord(kenmerk, '2') : woonplaats(kenmerk)),
    323: () => {
      const posten = ['1', '2', '3'].slice(0, toeval.geheel(1, 3)).map(
        (toewijzing, nr): Post => ({
          toewijzing,
          kenmerk: `P${gestuurd.length}-${nr}`,
          volume: toeval.geheel(1, 9),
          ...(toeval.kans(0.3) && { vorig: `P${nr}` }),
          begin: '2026-01-01',
          einde: '2026-01-31',
        }),
      );
      return wereld.stuur(domein, '323', dag, declareer(posten, { periode: ['2026-01-01', '2026-01-31'] }), { bsn });
    },
    325: () => {
      const [heen] = open(domein, (een) => een.nummer === '323');
      if (!heen) return undefined;
      const kop = toeval.kans(0.25) ? { kopcodes: ['0001'] } : {};
      return wereld.stuur(domein, '325', dag, antwoordOp({ op: heen.identificatie, van: heen.dag, ...kop }), { heen });
    },
    retour: () => {
      const keuze = open(domein, (een) => !['323', '325'].includes(een.nummer));
      return keuze.length === 0 ? undefined : wereld.beantwoord(toeval.kies(keuze.slice(-8)), dag, toeval.kans(0.6));
    },
  };
  return soorten[toeval.kies([...Object.keys(soorten), '301', '305', '305', '307', '307', 'retour', 'retour'])]?.();
}

beforeAll(async () => {
  for (let nr = 0, bekend = 0; nr < RONDES; nr += 1) {
    await volgende(toeval.kies(DOMEINEN), dagVan(20 + Math.floor((nr * 60) / RONDES)));
    // Now and then, so that what belongs together comes in together or apart.
    if (toeval.kans(0.6) && nr < RONDES - 1) continue;
    await werkBij(gestuurd.slice(bekend).map(({ id }) => id));
    bekend = gestuurd.length;
  }
}, 60_000);

/** The table at the level of the lane, as the reference has it. */
async function cijfers(): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const { rows } = await wereld.database.pool.query(
    `select week::text as week, berichtsoort, meting, sleutel, aantal::int as aantal, som::int as som from ketencijfer
     where gemeente = $1 and aanbieder <> ''`,
    [GEMEENTE],
  );
  return new Map(
    rows.map((rij) => [`${rij.week} ${rij.berichtsoort} ${rij.meting} ${rij.sleutel}`, [rij.aantal, rij.som]]),
  );
}
const opNaam = (cellen: ReadonlyMap<string, unknown>) => Object.fromEntries([...cellen].sort());

test(`the figures are those of the reference after ${RONDES} messages, seed ${ZAAD}`, async () => {
  const verwacht = new Map(
    DOMEINEN.flatMap((domein) => [...referentie(gestuurd.filter((bericht) => bericht.domein === domein))]),
  );
  expect(verwacht.size).toBeGreaterThan(10);
  expect(opNaam(await cijfers())).toEqual(opNaam(verwacht));
});

test('counting everything anew changes nothing', async () => {
  expect(await werkBij(gestuurd.map(({ id }) => id))).toBe(0);
});
