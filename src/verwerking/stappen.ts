/** The steps of a message: each with its time and who took it, in order. Reads only. */
import type { Database } from '../opslag/database.ts';
import type { BerichtStand } from './stand.ts';

export interface Stap {
  readonly stap: string;
  readonly tijdstip: Date;
  readonly actor: string;
  /** Why an attempt to deliver did not succeed: a code, see bezorging/oorzaken. */
  readonly oorzaak?: string;
}

/** The switch as an actor. */
const KNOOPPUNT = 'knooppunt';
/** Of a receiver that fetches for ever and never confirms, the last ones. */
const MAX_BEZORGSTAPPEN = 100;
/** Deliveries that did not arrive: how they ended is the cause. */
const MISLUKT: readonly string[] = ['bericht aangeboden', 'bericht onbestelbaar'];
const BEZORGING = `gebeurtenis in ('bericht opgehaald', 'bericht aangeboden', 'bericht onbestelbaar', 'bericht bevestigd')`;

interface Regel {
  readonly gebeurtenis: string;
  readonly tijdstip: Date;
  readonly actor: string;
  readonly resultaat: string;
}

/** Which client fetched is for its own organisation to know: the others see the organisation. */
const BEZORGSTAPPEN = {
  name: 'bericht-bezorgstappen',
  text: `
select gebeurtenis, tijdstip, resultaat, case actor when '${KNOOPPUNT}' then actor else coalesce(namens, actor) end as actor
from (select * from logboek where bericht_id = $1 and ${BEZORGING} order by nr desc limit ${MAX_BEZORGSTAPPEN}) laatste
order by nr`,
};

const alsStap = ({ gebeurtenis, tijdstip, actor, resultaat }: Regel): Stap => ({
  stap: gebeurtenis.replace(/^bericht /, ''),
  tijdstip,
  actor,
  ...(MISLUKT.includes(gebeurtenis) && { oorzaak: resultaat }),
});

/** What the row of the message itself knows. What the switch made, it did not receive and judge. */
function eersteStappen({ ontvangenOp, indiener, status, verwerktOp, geplaatstOp }: BerichtStand): Stap[] {
  const eigen = indiener === KNOOPPUNT;
  const stappen: readonly (readonly [string, Date | null, string])[] = [
    [eigen ? 'opgesteld' : 'ontvangen', ontvangenOp, indiener],
    [status, eigen ? null : verwerktOp, KNOOPPUNT],
    ['in postbus', geplaatstOp, KNOOPPUNT],
  ];
  return stappen.flatMap(([stap, tijdstip, actor]) => (tijdstip ? [{ stap, tijdstip, actor }] : []));
}

/** @returns every step so far: from its receipt to each time that its receiver fetched it, or was offered it */
export async function leesStappen(database: Database, stand: BerichtStand): Promise<readonly Stap[]> {
  const eerste = eersteStappen(stand);
  if (stand.bezorging === null) return eerste;
  const { rows } = await database.pool.query<Regel>({ ...BEZORGSTAPPEN, values: [stand.berichtId] });
  return [...eerste, ...rows.map(alsStap)];
}
