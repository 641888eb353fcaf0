/**
 * Takes facts out of a lane: out of the tables, out of its snapshot, and out of what imports changed; so a rebuild finds no difference, and has
 * nothing to put back. In one transaction that has the lock of the lane.
 */
import type { Verbinding } from '../../opslag/database.ts';
import type { Wijzigingen } from '../dossier.ts';
import { pakIn, pakUit, pakWijzigingenIn, pakWijzigingenUit } from '../opslag/inpakken.ts';
import { perTabel, type Rij, type Rijen, TABELLEN } from '../opslag/rijen.ts';
import { type Opruiming, zonder } from '../verhaal.ts';
import { PERSOONSTABELLEN } from './lees.ts';
import { leesLege } from './rest.ts';

export interface Weg extends Opruiming {
  /** Places of all that goes. */
  readonly plekken: readonly number[];
}

/** Gone for good: persons, and places with nothing left. */
interface Schrap extends Pick<Opruiming, 'personen' | 'kenmerken'> {
  readonly leeg: ReadonlySet<number>;
  /** The last place of which anything goes. */
  readonly tot: number;
}

const blijft = ({ personen, leeg }: Schrap, rij: Rij): boolean =>
  !leeg.has(rij.volgorde) && !(typeof rij.persoon === 'string' && personen.has(rij.persoon.slice('\\x'.length)));

/** The parts of the snapshot that hold any of it, one at a time. */
async function schrapMomentopname(verbinding: Verbinding, baanId: number, schrap: Schrap): Promise<void> {
  for (let na = -1; ; ) {
    const { rows } = await verbinding.query<{ van: number; rijen: Buffer }>({
      name: 'opruimen-deel',
      text: `select van::float8 as van, rijen from dossier_momentopname_deel where baan_id = $1 and van > $2 and van <= $3 order by van limit 1`,
      values: [baanId, na, schrap.tot],
    });
    const [deel] = rows;
    if (!deel) return;
    na = deel.van;
    const oud = pakUit<Rijen>(deel.rijen);
    const nieuw = perTabel((tabel) => oud[tabel].filter((rij) => blijft(schrap, rij)));
    if (TABELLEN.every((tabel) => nieuw[tabel].length === oud[tabel].length)) continue;
    await verbinding.query({
      name: 'opruimen-deel-zet',
      text: 'update dossier_momentopname_deel set rijen = $3 where baan_id = $1 and van = $2',
      values: [baanId, deel.van, pakIn(nieuw)],
    });
  }
}

/** @returns what is left of what an import changed; undefined when that is nothing; the same when nothing of it goes */
function schrapWijzigingen(van: Wijzigingen, schrap: Schrap): Wijzigingen | undefined {
  const { personen, leeg } = schrap;
  const nieuw = van.nieuw.flatMap((feiten) => {
    if (leeg.has(feiten.bericht.herkomst.volgorde)) return [];
    const over = zonder(feiten, { personen, kenmerken: new Set() });
    // Of one whose place is not empty in the tables, the message itself stays.
    return over ?? { ...feiten, toewijzingen: [], leveringen: [], verzoeken: [], antwoorden: [], prestaties: [] };
  });
  const isVan = (sleutel: string): boolean => personen.has(sleutel.split(' ')[0] ?? '');
  const besloten = van.besloten.flatMap((besluit) => {
    if (leeg.has(besluit.volgorde)) return [];
    const over = [...besluit.afgewezen].filter((sleutel) => !isVan(sleutel));
    return over.length === besluit.afgewezen.size ? besluit : { ...besluit, afgewezen: new Set(over) };
  });
  const gelijk = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((deel, nr) => deel === b[nr]);
  if (gelijk(nieuw, van.nieuw) && gelijk(besloten, van.besloten)) return van;
  return nieuw.length + besloten.length + van.vergeten.length === 0 ? undefined : { ...van, nieuw, besloten };
}

async function schrapInvoer(verbinding: Verbinding, baanId: number, schrap: Schrap): Promise<void> {
  for (let na = 0; ; ) {
    const { rows } = await verbinding.query<{ nr: number; wijzigingen: Buffer }>({
      name: 'opruimen-invoer',
      text: 'select nr::float8 as nr, wijzigingen from dossier_invoer_deel where baan_id = $1 and nr > $2 order by nr limit 1',
      values: [baanId, na],
    });
    const [deel] = rows;
    if (!deel) return;
    na = deel.nr;
    const oud = pakWijzigingenUit(deel.wijzigingen);
    const nieuw = schrapWijzigingen(oud, schrap);
    if (nieuw === oud) continue;
    if (nieuw === undefined)
      await verbinding.query('delete from dossier_invoer_deel where baan_id = $1 and nr = $2', [baanId, deel.nr]);
    else
      await verbinding.query('update dossier_invoer_deel set wijzigingen = $3 where baan_id = $1 and nr = $2', [
        baanId,
        deel.nr,
        pakWijzigingenIn(nieuw),
      ]);
  }
}

/** Of a lane that was only imported into there is no row yet: it is as one that has seen nothing. */
const OPGERUIMD = {
  name: 'opruimen-tot',
  text: `
insert into dossier_baan as d (baan_id, tot_nummer, opgeruimd_tot) values ($1, 0, $2)
on conflict (baan_id) do update set opgeruimd_tot = greatest(d.opgeruimd_tot, excluded.opgeruimd_tot)`,
};
const OPGERUIMD_MOMENTOPNAME = {
  name: 'opruimen-tot-momentopname',
  text: 'update dossier_momentopname set opgeruimd_tot = greatest(opgeruimd_tot, $2) where baan_id = $1',
};

/** @returns how many messages went with it, because nothing of them was left */
export async function verwijder(verbinding: Verbinding, baanId: number, weg: Weg): Promise<number> {
  const { personen, kenmerken, plekken, dag } = weg;
  if (dag === null) return 0;
  if (personen.size > 0)
    for (const tabel of PERSOONSTABELLEN)
      await verbinding.query({
        name: `opruimen-weg-${tabel}`,
        text: `delete from dossier_${tabel} f using unnest($2::text[]) as s(waarde)
               where f.persoon = decode(s.waarde, 'hex') and f.baan_id::bigint = $1::bigint`,
        values: [baanId, [...personen]],
      });
  const leeg = await leesLege(verbinding, baanId, plekken, [...kenmerken]);
  for (const tabel of ['bericht', 'antwoord', 'declaratie'])
    await verbinding.query({
      name: `opruimen-leeg-${tabel}`,
      text: `delete from dossier_${tabel} where baan_id = $1 and volgorde = any ($2::bigint[])`,
      values: [baanId, leeg],
    });
  const schrap = { personen, kenmerken, leeg: new Set(leeg), tot: Math.max(...plekken) };
  await schrapMomentopname(verbinding, baanId, schrap);
  if (plekken.some((plek) => plek < 0)) await schrapInvoer(verbinding, baanId, schrap);
  for (const opdracht of [OPGERUIMD, OPGERUIMD_MOMENTOPNAME])
    await verbinding.query({ ...opdracht, values: [baanId, dag] });
  return leeg.length;
}
