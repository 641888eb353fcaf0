/**
 * A gemeente delivers its Wmo side: all of it, each time. The rows are stored as they come, and count from one moment on, all together; until
 * then, and when the delivery breaks off, those of the one before count. Nothing in the answer depends on the Wlz register.
 */
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboekOver } from '../../logboek/in-bulk.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Routering } from '../../routering/routering.ts';
import { datum } from '../../tijd.ts';
import { bewaarBsn } from './bsn.ts';
import { keurRij } from './regels/rij.ts';
import { AFWIJZINGEN, type Afwijzing, type Voorziening } from './regels/types.ts';
import { type Leveringsvorm, leesRijen } from './stroom.ts';

const PER_KEER = 1000;
/** More than these help nobody; the rest is counted. */
const MAX_GETOOND = 200;
/** Class of the advisory locks on the deliveries of a gemeente. */
const LEVERING_SLOT = 4203;

export interface Leveringsvraag {
  readonly gemeente: string;
  /** Client, for the audit log. */
  readonly actor: string;
  readonly vorm: Leveringsvorm;
  readonly inhoud: AsyncIterable<Uint8Array>;
  /** A delivery without a single voorziening is meant: everything is withdrawn. */
  readonly leeg?: boolean;
  /** Chosen by a caller that wants to find the delivery again, also when it was refused. */
  readonly leveringId?: string;
}

export interface Leveringsrapport {
  readonly leveringId: string;
  readonly aangenomen: number;
  readonly afgewezen: number;
  readonly redenen: Readonly<Partial<Record<Afwijzing, number>>>;
  /** The first ones. */
  readonly afwijzingen: readonly { readonly regel: number; readonly reden: Afwijzing; readonly melding: string }[];
}

export interface Leveringsplek {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly routering: Pick<Routering, 'volgOp' | 'feiten'>;
  readonly alleenTestBsn: boolean;
}

/** A row that is taken in, as far as it goes. */
interface Genummerd {
  readonly regel: number;
  readonly voorziening: Voorziening;
}

/** Counts, and remembers the first ones. */
class Telling {
  readonly redenen: Partial<Record<Afwijzing, number>> = {};
  readonly afwijzingen: { regel: number; reden: Afwijzing }[] = [];
  aangenomen = 0;
  afgewezen = 0;

  wijsAf(regel: number, reden: Afwijzing): void {
    this.afgewezen += 1;
    this.redenen[reden] = (this.redenen[reden] ?? 0) + 1;
    if (this.afwijzingen.length < MAX_GETOOND) this.afwijzingen.push({ regel, reden });
  }
}

const VOEG_TOE = {
  name: 'wmo-voorziening-voeg-toe',
  text: `
insert into wmo_voorziening (levering_nr, bsn_hmac, voorziening_id, status, vanaf, vanaf_bekend, tot, productcategorie, productcode, agb,
  sleutel_id, cijfertekst)
select $1, hmac, id, status, coalesce(vanaf, least($2::date, tot)), vanaf is not null, tot, categorie, code, agb, sleutel_id, cijfertekst
from unnest($3::bytea[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[])
  as n(hmac, id, status, vanaf, tot, categorie, code, agb, sleutel_id, cijfertekst)
on conflict do nothing
returning encode(bsn_hmac, 'hex') || ' ' || voorziening_id as sleutel`,
};

/** Stores rows; what was there already is refused by its line. */
async function bewaar(
  { database, sleutels }: Leveringsplek,
  nr: number,
  vandaag: string,
  rijen: readonly Genummerd[],
  telling: Telling,
): Promise<void> {
  if (rijen.length === 0) return;
  const bsns = rijen.map(({ voorziening }) => bewaarBsn(sleutels, voorziening.bsn));
  const kolom = <K extends keyof Voorziening>(naam: K) => rijen.map(({ voorziening }) => voorziening[naam]);
  const { rows } = await database.pool.query<{ sleutel: string }>({
    ...VOEG_TOE,
    values: [
      nr,
      vandaag,
      bsns.map(({ hmac }) => hmac),
      kolom('voorzieningId'),
      kolom('status'),
      kolom('vanaf'),
      kolom('tot'),
      kolom('productcategorie'),
      kolom('productcode'),
      kolom('agb'),
      bsns.map(({ sleutelId }) => sleutelId),
      bsns.map(({ cijfertekst }) => cijfertekst),
    ],
  });
  telling.aangenomen += rows.length;
  if (rows.length === rijen.length) return;
  const nieuw = new Set(rows.map(({ sleutel }) => sleutel));
  // The first of two in one batch was taken in: it uses the key up.
  for (const [plek, { regel, voorziening }] of rijen.entries())
    if (!nieuw.delete(`${bsns[plek]?.hmac.toString('hex')} ${voorziening.voorzieningId}`))
      telling.wijsAf(regel, 'dubbel');
}

/** The organisations whose rows this delivery takes the place of: the gemeente, and those it succeeded. */
async function eigenaren({ routering }: Leveringsplek, gemeente: string): Promise<readonly string[]> {
  const nu = new Date();
  const { voorgangers } = await routering.feiten();
  const codes = new Set([gemeente]);
  for (const code of codes)
    for (const eerder of voorgangers.get(code) ?? [])
      if ((await routering.volgOp(eerder.code, nu)) === gemeente) codes.add(eerder.code);
  return [...codes];
}

/** What the gemeente did not say the begin of keeps the day on which it was first named: the overlap does not move with every delivery. */
const NEEM_BEGIN_OVER = `
update wmo_voorziening n set vanaf = o.vanaf
from wmo_levering l join wmo_voorziening o on o.levering_nr = l.nr
where l.gemeente = any ($2::text[]) and l.toestand = 'actueel' and n.levering_nr = $1 and not n.vanaf_bekend
  and o.bsn_hmac = n.bsn_hmac and o.voorziening_id = n.voorziening_id and not o.vanaf_bekend and o.vanaf < n.vanaf`;

const SLUIT = `
update wmo_levering set toestand = $2, geeindigd_op = now(), aangenomen = $3, afgewezen = $4, redenen = $5, afwijzingen = $6 where nr = $1`;

const sluit = (verbinding: Verbinding, nr: number, toestand: 'actueel' | 'geweigerd', telling: Telling) =>
  verbinding.query(SLUIT, [
    nr,
    toestand,
    telling.aangenomen,
    telling.afgewezen,
    JSON.stringify(telling.redenen),
    JSON.stringify(telling.afwijzingen),
  ]);

/** Puts the delivery in the place of those before it, in one commit. */
async function wissel(
  plek: Leveringsplek,
  nr: number,
  gemeente: string,
  actor: string,
  telling: Telling,
): Promise<void> {
  const codes = await eigenaren(plek, gemeente);
  await plek.database.transactie(async (client) => {
    // Two deliveries at a time: the one that is last to be whole counts.
    await client.query('select pg_advisory_xact_lock($1, $2::int)', [LEVERING_SLOT, gemeente]);
    // Once per delivery, over whole tables: the plans for single rows would take minutes.
    await client.query('set local enable_hashjoin = on; set local enable_seqscan = on');
    await client.query(NEEM_BEGIN_OVER, [nr, codes]);
    await client.query(
      `update wmo_levering set toestand = 'vervangen' where gemeente = any ($1::text[]) and toestand = 'actueel'`,
      [codes],
    );
    await sluit(client, nr, 'actueel', telling);
    const regel = {
      gebeurtenis: 'wmo-voorzieningen aangeleverd',
      actor,
      namens: gemeente,
      resultaat: 'aangenomen',
      details: { aangenomen: telling.aangenomen, afgewezen: telling.afgewezen },
    } as const;
    await schrijfLogboek(client, [{ ...regel, berichtId: null }]);
    // Who is in it, and whose voorzieningen are no longer there.
    const vervangen = "select nr from wmo_levering where gemeente = any ($8::text[]) and toestand = 'vervangen'";
    await schrijfLogboekOver(
      client,
      regel,
      `select bsn_hmac as hmac from wmo_voorziening where levering_nr = $7 or levering_nr in (${vervangen})`,
      [nr, codes],
    );
  });
}

/** Reads and stores all rows. */
async function laad(plek: Leveringsplek, nr: number, vraag: Leveringsvraag, telling: Telling): Promise<void> {
  const vandaag = datum(new Date());
  let stapel: Genummerd[] = [];
  for await (const { regel, rij } of leesRijen(vraag.vorm, vraag.inhoud)) {
    const keuring = rij ? keurRij(rij, plek.alleenTestBsn) : ({ afwijzing: 'regelOnleesbaar' } as const);
    if ('afwijzing' in keuring) telling.wijsAf(regel, keuring.afwijzing);
    else stapel.push({ regel, voorziening: keuring.voorziening });
    if (stapel.length < PER_KEER) continue;
    await bewaar(plek, nr, vandaag, stapel, telling);
    stapel = [];
  }
  await bewaar(plek, nr, vandaag, stapel, telling);
  if (telling.aangenomen > 0) return;
  if (telling.afgewezen > 0) throw new KnooppuntFout('wmoLeveringGeweigerd', 'Geen enkele regel is bruikbaar.');
  if (vraag.leeg !== true)
    throw new KnooppuntFout('wmoLeveringGeweigerd', 'Er staat geen voorziening in; vraag om `leeg` als dat klopt.');
}

const toonbaar = (leveringId: string, { aangenomen, afgewezen, redenen, afwijzingen }: Telling): Leveringsrapport => ({
  leveringId,
  aangenomen,
  afgewezen,
  redenen,
  afwijzingen: afwijzingen.map(({ regel, reden }) => ({ regel, reden, melding: AFWIJZINGEN[reden] })),
});

/** Removes the rows of deliveries that do not count (any more), and of those that broke off. @returns how many deliveries were cleared */
export async function ruimLeveringenOp(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ nr: number }>(
    `select nr from wmo_levering where toestand <> 'actueel' and not geruimd
       and (toestand <> 'laden' or begonnen_op < now() - interval '1 day') order by nr`,
  );
  for (const { nr } of rows) {
    await database.pool.query('delete from wmo_voorziening where levering_nr = $1', [nr]);
    await database.pool.query('update wmo_levering set geruimd = true where nr = $1', [nr]);
  }
  return rows.length;
}

/**
 * Takes in a delivery.
 * @throws KnooppuntFout wmoLeveringOnleesbaar or wmoLeveringGeweigerd; then the one before counts on
 */
export async function leverVoorzieningen(plek: Leveringsplek, vraag: Leveringsvraag): Promise<Leveringsrapport> {
  const gemeente = await plek.routering.volgOp(vraag.gemeente, new Date());
  const leveringId = vraag.leveringId ?? crypto.randomUUID();
  const { rows } = await plek.database.pool.query<{ nr: number }>(
    `insert into wmo_levering (id, gemeente, indiener, vorm, toestand) values ($1, $2, $3, $4, 'laden') returning nr`,
    [leveringId, gemeente, vraag.actor, vraag.vorm],
  );
  const nr = rows[0]?.nr ?? 0;
  const telling = new Telling();
  try {
    await laad(plek, nr, vraag, telling);
    await wissel(plek, nr, gemeente, vraag.actor, telling);
  } catch (fout) {
    await sluit(plek.database.pool, nr, 'geweigerd', telling).catch(() => undefined);
    throw fout;
  } finally {
    // Not this caller's concern; the planner tries again.
    await ruimLeveringenOp(plek.database).catch(() => undefined);
  }
  return toonbaar(leveringId, telling);
}

type Leveringsrij = Levering & { readonly afwijzingen: readonly { regel: number; reden: Afwijzing }[] };
const LEES = `id as "leveringId", gemeente, toestand, begonnen_op as "begonnenOp", geeindigd_op as "geeindigdOp", aangenomen, afgewezen,
  redenen, afwijzingen`;
const alsLevering = (rij: Leveringsrij): Levering => ({
  ...rij,
  afwijzingen: rij.afwijzingen.map(({ regel, reden }) => ({ regel, reden, melding: AFWIJZINGEN[reden] })),
});

/** @returns the last deliveries of a gemeente, newest first */
export async function leesLeveringen(
  database: Database,
  gemeente: string,
  aantal: number,
): Promise<readonly Levering[]> {
  const { rows } = await database.pool.query<Leveringsrij>(
    `select ${LEES} from wmo_levering where gemeente = $1 order by nr desc limit $2`,
    [gemeente, aantal],
  );
  return rows.map(alsLevering);
}

/** @returns one delivery of one of these gemeenten, or undefined */
export async function leesLevering(
  database: Database,
  leveringId: string,
  gemeenten: readonly string[],
): Promise<Levering | undefined> {
  const { rows } = await database.pool.query<Leveringsrij>(
    `select ${LEES} from wmo_levering where id = $1 and gemeente = any ($2::text[])`,
    [leveringId, gemeenten],
  );
  return rows.map(alsLevering)[0];
}

export interface Levering extends Leveringsrapport {
  readonly gemeente: string;
  readonly toestand: 'laden' | 'actueel' | 'vervangen' | 'geweigerd';
  readonly begonnenOp: Date;
  readonly geeindigdOp: Date | null;
}
