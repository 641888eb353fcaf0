/** What may go: the fragments of SQL that removing and counting share, so that a trial says what really happens. */
import { BEZORGINGEN, bezorgingVoor } from '../toestanden.ts';

const lijst = (standen: readonly string[]): string => standen.map((stand) => `'${stand}'`).join(', ');
const OPEN_STANDEN = bezorgingVoor('bevestigd');
/** Delivery is not over. The same text as that of the index postbus_open. */
export const OPEN = (item: string): string => `${item}.bezorging in (${lijst(OPEN_STANDEN)})`;
const AF = (item: string): string =>
  `${item}.bezorging in (${lijst(BEZORGINGEN.filter((stand) => !OPEN_STANDEN.includes(stand)))})`;
const AF_OP = (item: string): string => `coalesce(${item}.bevestigd_op, ${item}.vervallen_op)`;

/** Who could not fetch because the operator stopped it, lets nothing lapse. */
export const NIET_GESTOPT = (item: string): string =>
  `not exists (select from organisatiestop s where s.organisatie = ${item}.postbus and s.bezorging)`;

/** Per domein a moment: of $n (text[]) and $n+1 (timestamptz[]). */
export const GRENS = (n: number): string => `unnest($${n}::text[], $${n + 1}::timestamptz[]) as grens (domein, tot)`;

/** Asks one row at a time: an `exists` may be planned as one read of the whole table. */
export const GEEN = (vraag: string): string => `(select true ${vraag} limit 1) is null`;

/**
 * The payload of b may go: its message was processed and confirmed before grens.tot. Of a message that was refused, so that nobody got it:
 * the answers to it were.
 * @param p its item in a postbus, by a left join
 */
export const INHOUD_MAG_WEG = `
b.toestand <> 'ontvangen' and case when p.bericht_id is not null then ${AF('p')} and ${AF_OP('p')} < grens.tot
  else b.verwerkt_op < grens.tot and ${GEEN(`from bericht a join postbus_item ap on ap.bericht_id = a.id
    where a.heenbericht_id = b.id and not (${AF('ap')} and ${AF_OP('ap')} < grens.tot)`)} end`;

/** All that is known of b may go: it is over, and so old. Its payload went before. */
export const METADATA_MAG_WEG = `
b.toestand <> 'ontvangen' and b.ontvangen_op < grens.tot
  and ${GEEN(`from postbus_item p where p.bericht_id = b.id and not (${AF('p')})`)}
  and ${GEEN('from inhoud i where i.bericht_id = b.id')}`;
