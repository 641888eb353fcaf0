/**
 * A message that its receiver does not confirm: both parties are told, and when the term is over it is offered no more and its payload is gone.
 * Not told is not gone: a message lapses by its announcement only. One that was not processed never lapses.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { VERVALMELDING } from '../toestanden.ts';
import { type Gericht, stuurMeldingen } from './meldingen.ts';
import { type Bewaartermijnen, grenzen, vervaltOp } from './regels/termijnen.ts';
import { GEEN, GRENS, NIET_GESTOPT, OPEN } from './voorwaarden.ts';

/** So many messages are announced, or lapse, in one commit. */
const PORTIE = 500;
/** One at a time, over all planners. */
const VERVAL_SLOT = 4_204_001;

export interface Vervalplek {
  readonly database: Database;
  readonly sleutels: Sleutels;
  /** Whose postbus a party reads: after a herindeling that of its successor. */
  readonly postbusVan: (code: string, nu: Date) => Promise<string>;
}

const AAN_TE_KONDIGEN = {
  name: 'bewaren-aan-te-kondigen',
  text: `
select b.id::text as "berichtId", b.referentienummer::text, b.berichtsoort, b.domein, b.afzender, b.ontvanger, b.ontvangen_op as "ontvangenOp",
  p.bezorging, p.postbus, exists (select from organisatie o where o.code = b.afzender) as "afzenderBekend"
from postbus_item p join bericht b on b.id = p.bericht_id join ${GRENS(1)} on grens.domein = b.domein
where ${OPEN('p')} and b.ontvangen_op < grens.tot and ${NIET_GESTOPT('p')} and ${GEEN('from vervalaankondiging v where v.bericht_id = b.id')}
order by p.postbus, p.nr limit ${PORTIE}`,
};

interface Rij extends Omit<Gericht['bericht'], 'vervaltOp' | 'ontvangenOp'> {
  readonly domein: 'iwmo' | 'ijw';
  readonly ontvangenOp: Date;
  readonly postbus: string;
  readonly afzenderBekend: boolean;
}

const NOTEER = {
  name: 'bewaren-aangekondigd',
  text: `insert into vervalaankondiging (bericht_id, aangekondigd_op, vervalt_op) select id, $3, vervalt from unnest($1::uuid[], $2::timestamptz[]) as n(id, vervalt)`,
};

/** Whom to tell about a message: its receiver, and its sender when that is an organisation. */
async function gericht({ postbusVan }: Vervalplek, rij: Rij, vervalt: Date, nu: Date): Promise<readonly Gericht[]> {
  const { domein, ontvangenOp, postbus, afzenderBekend, ...kern } = rij;
  const bericht = { ...kern, ontvangenOp: ontvangenOp.toISOString(), vervaltOp: vervalt.toISOString() };
  const ontvanger: Gericht = { kant: 'ontvanger', partij: rij.ontvanger, postbus, domein, bericht };
  if (!afzenderBekend) return [ontvanger];
  const bijAfzender = await postbusVan(rij.afzender, nu);
  return [ontvanger, { kant: 'afzender', partij: rij.afzender, postbus: bijAfzender, domein, bericht }];
}

/** Announces the next portion. @returns how many messages; less than was asked for means that there are no more */
export async function kondigAan(plek: Vervalplek, termijnen: Bewaartermijnen, nu: Date): Promise<number> {
  const { domeinen, tot } = grenzen(termijnen, nu, (t) => t.inhoudHoogstensDagen - t.aankondigingDagen);
  return plek.database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VERVAL_SLOT]);
    const { rows } = await client.query<Rij>({ ...AAN_TE_KONDIGEN, values: [domeinen, tot] });
    if (rows.length === 0) return 0;
    const vervalt = rows.map((rij) => vervaltOp(termijnen[rij.domein], rij.ontvangenOp, nu));
    await client.query({ ...NOTEER, values: [rows.map(({ berichtId }) => berichtId), vervalt, nu] });
    // About an announcement that nobody reads no announcement is made.
    const echt = rows.flatMap((rij, nr) =>
      rij.berichtsoort === VERVALMELDING ? [] : [gericht(plek, rij, vervalt[nr] ?? nu, nu)],
    );
    await stuurMeldingen(client, plek.sleutels, (await Promise.all(echt)).flat());
    return rows.length;
  });
}

const LAAT_VERVALLEN = {
  name: 'bewaren-vervallen',
  text: `
with rijp as (
  select p.bericht_id from vervalaankondiging v join postbus_item p on p.bericht_id = v.bericht_id
  where v.vervalt_op <= $1 and ${OPEN('p')} and ${NIET_GESTOPT('p')} and (p.lease_tot is null or p.lease_tot < now())
  order by v.vervalt_op limit ${PORTIE} for update of p skip locked
), op as (
  update postbus_item p set bezorging = 'vervallen', vervallen_op = now(), lease_tot = null from rijp where p.bericht_id = rijp.bericht_id
  returning p.bericht_id, p.postbus
), poging as (
  update bezorgpoging v set volgende_poging = null, ophaling_id = null from op where v.bericht_id = op.bericht_id
), aankondiging as (
  delete from vervalaankondiging v using op where v.bericht_id = op.bericht_id
), leeg as (
  delete from inhoud i using op where i.bericht_id = op.bericht_id
)
select bericht_id::text as "berichtId", postbus from op`,
};

/** Lets the next portion lapse, with an audit line per message. @returns as kondigAan */
export async function laatVervallen(
  { database }: Pick<Vervalplek, 'database'>,
  nu: Date,
  noteer: (
    client: Verbinding,
    weg: readonly { readonly berichtId: string; readonly postbus: string }[],
  ) => Promise<void>,
): Promise<number> {
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VERVAL_SLOT]);
    const { rows } = await client.query<{ berichtId: string; postbus: string }>({ ...LAAT_VERVALLEN, values: [nu] });
    await noteer(client, rows);
    return rows.length;
  });
}

/** Announcements of what was confirmed after all. */
export async function vergeetAankondigingen(database: Database): Promise<void> {
  await database.pool.query({
    name: 'bewaren-vergeet-aankondigingen',
    text: `delete from vervalaankondiging v where ${GEEN(`from postbus_item p where p.bericht_id = v.bericht_id and ${OPEN('p')}`)}`,
  });
}
