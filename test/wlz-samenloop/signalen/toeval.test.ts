/** Ten thousand random situations, compared twice with changes in between: the SQL says what the plain reference says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { vergelijkAlles } from '#src/wlz-samenloop/signalen/run.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { maakToeval, type Toeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import {
  type Afhandeling,
  type Besluit,
  type Gezegd,
  type Signaal,
  vergelijkDag,
  type Wereld,
  type Zorg,
} from './referentie.ts';
import { gemeld, plekVan, zetRegister, zetWmo } from './wereld.ts';

const SITUATIES = 10_000;
const GEMEENTEN = ['0363', '0344'];
const HOOGSTE = 40;
const DAGEN = [20, 27] as const;

const map = mkdtempSync(join(tmpdir(), 'knooppunt-samenloop-'));
const { database, weg } = await maakGegevensbank();
const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true, force: true });
});

const datum = (dag: number): string => new Date(Date.UTC(2026, 0, 1 + dag)).toISOString().slice(0, 10);
const dagVan = (tekst: string): number => (Date.parse(tekst) - Date.UTC(2026, 0, 1)) / 86_400_000;

const misschien = (toeval: Toeval, kans: number, min: number): number | null =>
  toeval.kans(kans) ? toeval.geheel(min, HOOGSTE) : null;

function besluit(toeval: Toeval, nummer: number): Besluit {
  const ingang = toeval.geheel(0, HOOGSTE);
  return {
    nummer,
    ingang,
    einde: misschien(toeval, 0.7, ingang),
    // Also before ingang: then it never counted.
    verval: misschien(toeval, 0.3, Math.max(0, ingang - 4)),
  };
}
function zorg(toeval: Toeval, gemeente: string, id: string): Zorg {
  const vanaf = toeval.geheel(0, HOOGSTE);
  return { gemeente, id, vanaf, tot: misschien(toeval, 0.6, vanaf) };
}
function wereld(toeval: Toeval, persoon: number): Wereld {
  const besluiten = Array.from({ length: toeval.geheel(0, 3) }, (_, nr) => besluit(toeval, persoon * 10 + nr + 1));
  const plekken = GEMEENTEN.flatMap((gemeente) => ['a', 'b'].map((id) => ({ gemeente, id })));
  return {
    besluiten,
    zorg: plekken.filter(() => toeval.kans(0.4)).map(({ gemeente, id }) => zorg(toeval, gemeente, id)),
  };
}
/** What a week changes: dates, a besluit more or less, care more or less. */
function later(toeval: Toeval, { besluiten, zorg: was }: Wereld, persoon: number): Wereld {
  const nieuw = besluit(toeval, persoon * 10 + 7);
  const vorige = besluiten.at(-1);
  // Often one that joins the last.
  const erbij =
    toeval.kans(0.5) && vorige?.einde != null
      ? { ...nieuw, ingang: vorige.einde + 1, einde: null, verval: null }
      : nieuw;
  return {
    besluiten: [
      ...besluiten
        .filter(() => toeval.kans(0.85))
        .map((b) =>
          toeval.kans(0.25)
            ? { ...besluit(toeval, b.nummer), ...(toeval.kans(0.5) && { ingang: b.ingang, einde: null }) }
            : b,
        ),
      ...(toeval.kans(0.3) ? [erbij] : []),
    ],
    zorg: was.filter(() => toeval.kans(0.9)).map((z) => (toeval.kans(0.25) ? zorg(toeval, z.gemeente, z.id) : z)),
  };
}

const bsnVan = (persoon: number): string => String(100_000_000 + persoon);
async function zet(werelden: readonly Wereld[]): Promise<void> {
  await zetRegister(
    { database, sleutels },
    werelden.flatMap(({ besluiten }, persoon) =>
      besluiten.map(({ nummer, ingang, einde, verval }) => ({
        bsn: bsnVan(persoon),
        nummer,
        ingang: datum(ingang),
        einde: einde === null ? null : datum(einde),
        verval: verval === null ? null : datum(verval),
      })),
    ),
  );
  await zetWmo(
    { database, sleutels },
    werelden.flatMap(({ zorg: lijst }, persoon) =>
      lijst.map(({ gemeente, id, vanaf, tot }) => ({
        bsn: bsnVan(persoon),
        gemeente,
        id,
        vanaf: datum(vanaf),
        tot: tot === null ? null : datum(tot),
      })),
    ),
    GEMEENTEN,
  );
}

const sorteer = (regels: readonly Gezegd[]): readonly string[] => regels.map((regel) => JSON.stringify(regel)).sort();

/** What was said since, per person. */
async function gezegdSinds(aantal: number): Promise<Map<string, Gezegd[]>> {
  const meldingen = await gemeld({ database, sleutels }, aantal);
  return Map.groupBy(
    meldingen.map((m) => ({
      bsn: m.bsn,
      gemeente: m.gemeentecode,
      id: m.voorzieningId,
      type: m.type,
      van: dagVan(m.overlap.vanaf),
      tot: m.overlap.totEnMet === null ? null : dagVan(m.overlap.totEnMet),
    })),
    ({ bsn }) => bsn,
  ) as unknown as Map<string, Gezegd[]>;
}
const zonderBsn = (regels: readonly Gezegd[] = []): Gezegd[] =>
  regels.map(({ gemeente, id, type, van, tot }) => ({ gemeente, id, type, van, tot }));

/** Employees handle some of the signals; both sides hear of it. */
async function handelAf(toeval: Toeval, signalen: readonly Signaal[][]): Promise<void> {
  const gedaan = signalen.flatMap((lijst, persoon) =>
    lijst
      .filter((s) => s.actueel && toeval.kans(0.3))
      .map((s) => {
        s.afhandeling = toeval.kies(['gestopt', 'terecht_samen', 'onjuist'] as const) as Afhandeling;
        return { ...s, persoon };
      }),
  );
  const { rowCount } = await database.pool.query(
    `update wlz_signaal s set workflow = 'afgehandeld', uitkomst = n.uitkomst
     from unnest($1::bytea[], $2::text[], $3::text[], $4::bigint[], $5::text[]) as n(hmac, gemeente, id, nummer, uitkomst)
     where s.bsn_hmac = n.hmac and s.gemeente = n.gemeente and s.voorziening_id = n.id and s.besluitnummer = n.nummer and s.actueel`,
    [
      gedaan.map(({ persoon }) => pseudoniem(sleutels, bsnVan(persoon))),
      gedaan.map(({ gemeente }) => gemeente),
      gedaan.map(({ id }) => id),
      gedaan.map(({ nummer }) => nummer),
      gedaan.map(({ afhandeling }) => afhandeling),
    ],
  );
  expect(rowCount).toBe(gedaan.length);
}

test.each([
  ['vervaldatum is de eerste dag zonder', 'eerste-dag-zonder', false, 5],
  ['vervaldatum is de laatste dag met', 'laatste-dag-met', true, 365],
] as const)(
  `${SITUATIES / 2} situations agree with the reference, twice over: %s`,
  async (_, vervaldatum, vervaldatumTeltMee, terugwerkendDagen) => {
    await registreer(database, demoOrganisaties());
    await database.pool.query(
      'truncate wlz_signaal, wlz_signaalstap, wmo_voorziening, wmo_levering, postbus_item, bericht, inhoud, bevinding, betrokkene, bezorgpoging, verzoekreferentie cascade',
    );
    const toeval = maakToeval(ZAAD).tak(vervaldatum);
    const plek = plekVan({ database, sleutels }, { vervaldatum, terugwerkendDagen });
    let werelden = Array.from({ length: SITUATIES / 2 }, (_, persoon) => wereld(toeval, persoon));
    const signalen: Signaal[][] = werelden.map(() => []);
    const geteld: Record<string, number> = {};
    let aantal = 0;
    for (const dag of DAGEN) {
      await zet(werelden);
      await vergelijkAlles(plek, 'opdracht', { peildatum: datum(dag) });
      const gevonden = await gezegdSinds(aantal);
      for (const [persoon, w] of werelden.entries()) {
        const verwacht = vergelijkDag(w, signalen[persoon] as Signaal[], {
          dag,
          terugwerkendDagen,
          vervaldatumTeltMee,
        });
        const hier = zonderBsn(gevonden.get(bsnVan(persoon)));
        expect(sorteer(hier), `zaad ${ZAAD}, persoon ${persoon}, dag ${dag}, ${JSON.stringify(w)}`).toEqual(
          sorteer(verwacht),
        );
        for (const { type } of hier) geteld[type] = (geteld[type] ?? 0) + 1;
        aantal += hier.length;
      }
      // The same day again: nobody hears anything.
      await vergelijkAlles(plek, 'opdracht', { peildatum: datum(dag) });
      const weer = await gezegdSinds(aantal);
      expect(
        [...weer].map(([bsn, over]) => ({ over: zonderBsn(over), wereld: werelden[Number(bsn) - 100_000_000] })),
      ).toEqual([]);
      if (dag === DAGEN[0]) await handelAf(toeval, signalen);
      werelden = werelden.map((w, persoon) => later(toeval, w, persoon));
    }
    for (const type of ['NIEUW', 'GEWIJZIGD', 'VERVALLEN', 'TERUGWERKEND'])
      expect(geteld[type], `${type} must occur`).toBeGreaterThan(50);
  },
);
