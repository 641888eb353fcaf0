/**
 * Following what happened: the lines of the audit log, in their order, a batch at a time. What a batch changes and how far it got are one
 * commit, so whatever dies goes on where it was; and one batch at a time is made, by whichever planner.
 *
 * Lines are followed up to where the log is final: a link of its chain is made only when nobody can still write a line before its end. So a
 * transaction that commits late is not missed, and the messages that travel do nothing for it. A line says which message changed; what it is
 * now is read from the message itself, so a line that is read twice, or late, does no harm.
 *
 * A dossier that was imported, or set right, changes what messages count for without touching them: after such a line all is made anew.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import { bronnenVan, geraaktDoor, maakAnders } from './bijwerken.ts';
import { METINGEN, VERSIE } from './metingen.ts';
import { BERICHT, type Meting, VOOR_ALLES } from './types.ts';

/** Lines in one batch: some hundreds of messages. */
export const REGELS = 2000;

/**
 * klaar: nothing is left to do; meer: there is more; bezet: another planner is at it; nieuwer: the figures are made by a newer version of the
 * software, and this one leaves them alone; herbouw: first all of them must be made anew.
 */
export type Volgstand = 'klaar' | 'meer' | 'bezet' | 'nieuwer' | 'herbouw';

export interface Gevolgd {
  readonly stand: Volgstand;
  readonly regels: number;
  /** Subjects looked at, and how many of them changed. */
  readonly bekeken: number;
  readonly anders: number;
}

/** Sent with BEGIN. No disk is waited for, see CIJFERSLOT. */
const NEEM_SLOT = `set local synchronous_commit = off;
select tot_regel::float8 as "totRegel", versie, herbouw_bron is not null as "herbouwt" from ketenstand where enige for update skip locked`;

interface Stand {
  readonly totRegel: number;
  readonly versie: number;
  readonly herbouwt: boolean;
}

/** The last line that is final. */
export const FINAAL = 'coalesce((select tot_regel from logboek_schakel order by nr desc limit 1), 0)';

const LEES = {
  name: 'keten-regels',
  text: `
select l.nr::float8 as nr, l.bericht_id::text as id,
  l.gebeurtenis = 'dossier ingevoerd' or l.gebeurtenis = 'dossier herbouwd' and l.resultaat = 'hersteld' as opnieuw
from logboek l where l.nr > $1 and l.nr <= ${FINAAL} order by l.nr limit $2`,
};
const ZET = {
  name: 'keten-tot',
  text: 'update ketenstand set tot_regel = $1, bijgewerkt_op = now() where enige',
};

/** Lines after this one are followed when that is done. */
const OPNIEUW = {
  name: 'keten-opnieuw',
  text: `update ketenstand set herbouw_bron = '${BERICHT}', herbouw_na = '${VOOR_ALLES}' where enige`,
};

const NIETS = { regels: 0, bekeken: 0, anders: 0 } as const;

async function verwerk(
  client: Verbinding,
  metingen: readonly Meting[],
  { totRegel }: Stand,
  hoogstens: number,
): Promise<Gevolgd> {
  const { rows } = await client.query<{ nr: number; id: string | null; opnieuw: boolean }>({
    ...LEES,
    values: [totRegel, hoogstens],
  });
  const tot = rows.at(-1)?.nr;
  if (tot === undefined) return { stand: 'klaar', ...NIETS };
  const berichten = [...new Set(rows.flatMap(({ id }) => id ?? []))];
  const geraakt = await geraaktDoor(client, metingen, berichten);
  let [bekeken, anders] = [0, 0];
  for (const bron of bronnenVan(metingen)) {
    const ids = new Set(geraakt.get(bron));
    for (const { bron: eigen = BERICHT, onderwerpen } of metingen)
      if (eigen === bron) for (const id of (await onderwerpen?.(client, totRegel, tot)) ?? []) ids.add(id);
    bekeken += ids.size;
    anders += await maakAnders(client, metingen, bron, [...ids]);
  }
  await client.query({ ...ZET, values: [tot] });
  if (rows.some(({ opnieuw }) => opnieuw)) {
    await client.query(OPNIEUW);
    return { stand: 'herbouw', regels: rows.length, bekeken, anders };
  }
  return { stand: rows.length < hoogstens ? 'klaar' : 'meer', regels: rows.length, bekeken, anders };
}

/**
 * Takes in the next lines.
 * @param hoogstens so many lines
 */
export async function volg(
  database: Database,
  metingen: readonly Meting[] = METINGEN,
  hoogstens: number = REGELS,
): Promise<Gevolgd> {
  return database.transactie(async (client, begin) => {
    const stand = begin.at(-1)?.rows[0] as Stand | undefined;
    if (!stand) return { stand: 'bezet', ...NIETS };
    if (stand.versie > VERSIE) return { stand: 'nieuwer', ...NIETS };
    if (stand.versie < VERSIE || stand.herbouwt) return { stand: 'herbouw', ...NIETS };
    return verwerk(client, metingen, stand, hoogstens);
  }, NEEM_SLOT);
}

const WERK = {
  name: 'keten-werk',
  text: `
select versie < $1 or herbouw_bron is not null or exists (select from logboek l where l.nr > s.tot_regel and l.nr <= ${FINAAL}) as werk
from ketenstand s where enige`,
};

/** Is there anything to do? Costs next to nothing. */
export async function isErWerk({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ werk: boolean }>({ ...WERK, values: [VERSIE] });
  return rows[0]?.werk === true;
}
