/**
 * A life cut in half: what came before the cut is imported, what comes after passes the switch. Nothing may then be refused that the whole life
 * would not have had refused (OP095).
 *
 * What became of a message is as in the whole life: what that refused is not sent in the half. There it might pass as "can't tell", and then the
 * next one is rightly held against it: a request that was accepted is open, and its sender knows that. That would be another life.
 */
import { afterAll, expect, test } from 'vitest';
import { ontsleutel } from '#src/opslag/versleuteling.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { maakToeval, type Toeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { Baanloop, type Partijen, Schrijver, type Stuk, stelIn } from '../levensloop.ts';
import { type Leven, maakLeven } from '../model/levens.ts';
import { alsZip, maakInvoer } from './opzet.ts';

const LEVENS = Number(process.env.RONDES ?? 20);
const { plaats, voer, weg } = await maakInvoer();
const { database, sleutels } = plaats;
afterAll(weg);
const GEMEENTEN = demoOrganisaties().flatMap(({ soort, code }) => (soort === 'gemeente' ? [code] : []));
const AANBIEDERS = Array.from({ length: 2 * LEVENS }, (_, nr) => String(98100000 + nr));
await registreer(
  database,
  AANBIEDERS.map((code) => ({ code, naam: `Aanbieder ${code}`, soort: 'aanbieder' as const })),
);
/** Before all lives. */
const ALTIJD = '2020-01-01';

function volgende(codes: string[]): string {
  const code = codes.pop();
  if (!code) throw new Error('no more organisations');
  return code;
}
/** Says for parties from which day on all their messages pass here. */
async function begin(vanaf: string | null, ...partijen: readonly string[]): Promise<void> {
  for (const partij of partijen)
    for (const domein of DOMEINEN)
      await stelIn(plaats, partij, domein, { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: vanaf });
}

const PRESTATIE = /^.*\/Prestatie(?:\[\d+\])?(?=\/|$)/;
const ALLES = 'all of it';

interface Lot {
  /** undefined: refused at the door. */
  readonly toestand: string | undefined;
  /** What was refused at level 3: a prestatie by its place, or all of it. */
  readonly geweigerd: readonly string[];
  /** What the switch answered. */
  readonly antwoord: Buffer | undefined;
}

async function lotVan(id: string | undefined): Promise<Lot> {
  if (id === undefined) return { toestand: undefined, geweigerd: [], antwoord: undefined };
  const { rows } = await database.pool.query(
    `select b.toestand, v.bevindingen, a.id, i.sleutel_id as "sleutelId", i.cijfertekst from bericht b
     left join bevinding v on v.bericht_id = b.id
     left join bericht a on a.heenbericht_id = b.id and a.oorsprong = 'knooppunt' and a.berichtsoort <> 'Fo01'
     left join inhoud i on i.bericht_id = a.id where b.id = $1`,
    [id],
  );
  const [{ toestand, bevindingen, id: antwoordId, sleutelId, cijfertekst }] = rows;
  const fouten = (bevindingen ?? []).filter(
    ({ ernst, niveau }: { ernst: string; niveau: number }) => ernst === 'fout' && niveau >= 3,
  );
  return {
    toestand,
    geweigerd: fouten.map(({ pad }: { pad: string }) => PRESTATIE.exec(pad)?.[0] ?? ALLES),
    antwoord: antwoordId ? ontsleutel(sleutels, antwoordId, { sleutelId, cijfertekst }) : undefined,
  };
}

function stukkenVan(leven: Leven, partijen: Partijen): readonly (Stuk | undefined)[] {
  const schrijver = new Schrijver(leven.domein, partijen);
  return leven.gebeurtenissen.map((gebeurtenis) => schrijver.schrijf(gebeurtenis));
}

async function speel(stukken: readonly (Stuk | undefined)[]): Promise<readonly Lot[]> {
  const echt = stukken.filter((stuk) => stuk !== undefined);
  // A loop of its own: the settings that another one remembers are those of before.
  const ids = await new Baanloop(plaats).speel(echt);
  let nr = 0;
  return Promise.all(stukken.map((stuk) => lotVan(stuk && ids[nr++])));
}

/** @param toeval where the cut is, and whether its receiver imports all of what was before it, or a part and says so */
async function toets(leven: Leven, toeval: Toeval): Promise<void> {
  // What a gemeente says of its beginning holds for all its lanes: one for every life.
  const gemeente = volgende(GEMEENTEN);
  const [heel, half] = [volgende(AANBIEDERS), volgende(AANBIEDERS)];
  await begin(ALTIJD, gemeente, heel);
  const lotHeel = await speel(stukkenVan(leven, { gemeente, aanbieder: heel }));

  const stukken = stukkenVan(leven, { gemeente, aanbieder: half });
  const snede = Math.floor(stukken.length * toeval.breuk());
  const volledig = toeval.kans(0.5);
  const peildatum = leven.gebeurtenissen[snede]?.ontvangen ?? '2026-01-01';
  // An import of all that ran says it by itself, for who imports.
  await begin(volledig ? null : peildatum, gemeente);
  await begin(volledig ? ALTIJD : peildatum, half);
  const voor = stukken.slice(0, snede).flatMap((stuk, nr) => {
    const lot = lotHeel[nr];
    // What was refused counts as not sent.
    if (!stuk || lot?.toestand !== 'verwerkt') return [];
    const gemist = !volledig && toeval.kans(0.4);
    if (gemist && (leven.gebeurtenissen[nr]?.ontvangen ?? peildatum) < peildatum) return [];
    const antwoord = lot.antwoord && Buffer.from(String(lot.antwoord).replaceAll(heel, half));
    return [{ bytes: stuk.bytes }, ...(antwoord ? [{ bytes: antwoord }] : [])];
  });
  if (voor.length > 0) {
    const verslag = await voer(alsZip(voor), { organisatie: gemeente, domein: leven.domein, peildatum, volledig });
    expect(verslag).toMatchObject({ aantalGeweigerd: 0, aantallen: { bekend: 0 } });
  }
  const lotHalf = await speel(
    stukken.slice(snede).map((stuk, nr) => (lotHeel[snede + nr]?.toestand === 'afgekeurd' ? undefined : stuk)),
  );
  for (const [nr, { toestand, geweigerd }] of lotHalf.entries()) {
    const was = lotHeel[snede + nr]?.geweigerd ?? [];
    const nieuw = was.includes(ALLES) ? [] : geweigerd.filter((plek) => !was.includes(plek));
    expect(nieuw, `ZAAD=${leven.zaad}, cut at ${snede}, message ${nr} after it`).toEqual([]);
    // What of a declaratie only the whole life refused, counts from here on in the half.
    if (toestand !== undefined && was.some((plek) => !geweigerd.includes(plek))) return;
  }
}

test(`${LEVENS} lives, seed ${ZAAD}`, async () => {
  for (let nr = 0; nr < LEVENS; nr += 1) await toets(maakLeven(ZAAD + nr), maakToeval(ZAAD + nr).tak('half'));
}, 600_000);
