/**
 * A life cut in half: what came before the cut is imported, what comes after passes the switch. Nothing may then be refused that the whole life
 * would not have had refused (OP095).
 */
import { afterAll, expect, test } from 'vitest';
import { ontsleutel } from '#src/opslag/versleuteling.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { maakToeval } from '../../hulp/toeval.ts';
import { Baanloop, Schrijver, type Stuk, stelIn } from '../levensloop.ts';
import { type Leven, maakLeven } from '../model/levens.ts';
import { alsZip, GEMEENTE, maakInvoer } from './opzet.ts';

const ZAAD = Number(process.env.ZAAD ?? Math.floor(Math.random() * 1_000_000));
const LEVENS = Number(process.env.RONDES ?? 6);
const { plaats, voer, weg } = await maakInvoer();
const { database, sleutels } = plaats;
afterAll(weg);
const loop = new Baanloop(plaats);
/** Before all lives. */
const ALTIJD = '2020-01-01';

let volgende = 98000010;
async function nieuweAanbieder(): Promise<string> {
  volgende += 1;
  const aanbieder = String(volgende);
  for (const domein of DOMEINEN)
    await stelIn(plaats, aanbieder, domein, { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: ALTIJD });
  return aanbieder;
}
async function opGemeente(vanaf: string | null): Promise<void> {
  for (const domein of DOMEINEN)
    await stelIn(plaats, GEMEENTE, domein, { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: vanaf });
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

function stukkenVan(leven: Leven, aanbieder: string): readonly (Stuk | undefined)[] {
  const schrijver = new Schrijver(leven.domein, { gemeente: GEMEENTE, aanbieder });
  return leven.gebeurtenissen.map((gebeurtenis) => schrijver.schrijf(gebeurtenis));
}

async function speel(stukken: readonly (Stuk | undefined)[]): Promise<readonly Lot[]> {
  const echt = stukken.filter((stuk) => stuk !== undefined);
  const ids = await loop.speel(echt);
  let nr = 0;
  return Promise.all(stukken.map((stuk) => lotVan(stuk && ids[nr++])));
}

async function toets(leven: Leven, fractie: number): Promise<void> {
  await opGemeente(ALTIJD);
  const [heel, half] = [await nieuweAanbieder(), await nieuweAanbieder()];
  const lotHeel = await speel(stukkenVan(leven, heel));

  await opGemeente(null);
  const stukken = stukkenVan(leven, half);
  const snede = Math.floor(stukken.length * fractie);
  const voor = stukken.slice(0, snede).flatMap((stuk, nr) => {
    const lot = lotHeel[nr];
    // What was refused counts as not sent.
    if (!stuk || lot?.toestand !== 'verwerkt') return [];
    const antwoord = lot.antwoord && Buffer.from(String(lot.antwoord).replaceAll(heel, half));
    return [{ bytes: stuk.bytes }, ...(antwoord ? [{ bytes: antwoord }] : [])];
  });
  const peildatum = leven.gebeurtenissen[snede]?.ontvangen ?? '2026-01-01';
  if (voor.length > 0) {
    const verslag = await voer(alsZip(voor), { domein: leven.domein, peildatum, volledig: true });
    expect(verslag).toMatchObject({ aantalGeweigerd: 0, aantallen: { bekend: 0 } });
  }
  const lotHalf = await speel(stukken.slice(snede));
  for (const [nr, { geweigerd }] of lotHalf.entries()) {
    const was = lotHeel[snede + nr];
    const nieuw = was?.geweigerd.includes(ALLES) ? [] : geweigerd.filter((plek) => !was?.geweigerd.includes(plek));
    expect(nieuw, `seed ${leven.zaad}, cut at ${snede}, message ${nr} after it`).toEqual([]);
  }
}

test(`${LEVENS} lives, seed ${ZAAD}`, async () => {
  const toeval = maakToeval(ZAAD);
  for (let nr = 0; nr < LEVENS; nr += 1) await toets(maakLeven(ZAAD + nr), toeval.breuk());
}, 600_000);
