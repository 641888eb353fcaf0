/**
 * Whom a freeze would hit: looked at before it is announced, in counts only. What travelled in the same hours of earlier weeks tells what may
 * be expected. It is counted per organisation, along the index of what each sent: the switch itself makes no message of these soorten.
 */
import type { Verbinding } from '../opslag/database.ts';
import { BERICHTSOORTEN, type Berichtsoort, berichtsoortVanCode } from '../standards/catalogus.ts';
import type { NieuweBevriezing } from './bevriezingen.ts';
import type { Feiten, Organisatiesoort } from './feiten.ts';
import { binnen } from './periode.ts';

/** So many earlier weeks are looked at. */
export const WEKEN = 4;
/** Of a long freeze, or one without an end, no more than this is looked at in each week. */
const MAX_UREN = 72;
const ZONDER_EINDE_UREN = 24;
/** What waits is counted among so many messages: enough to know whether it is quiet. */
const TEL_TOT = 10_000;
const UUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * UUR_MS;

export interface Geraakt {
  /** Cannot be sent. */
  readonly heen: readonly Berichtsoort[];
  /** What answers them: goes on, for what was sent before. */
  readonly antwoorden: readonly Berichtsoort[];
}

/** The berichtsoorten that a freeze is about. */
export function geraakteSoorten({
  domein,
  berichtsoorten,
}: Pick<NieuweBevriezing, 'domein' | 'berichtsoorten'>): Geraakt {
  const heen = BERICHTSOORTEN.filter(
    (soort) =>
      soort.antwoordOp === null &&
      (domein === null || soort.domein === domein) &&
      (berichtsoorten === null || berichtsoorten.includes(soort.code)),
  );
  const antwoorden = heen.flatMap(({ antwoord }) => (antwoord === null ? [] : (berichtsoortVanCode(antwoord) ?? [])));
  return { heen, antwoorden };
}

/** How many organisations may send these soorten at that moment, by kind. */
export function verzendersVan(
  { organisaties }: Feiten,
  heen: readonly Berichtsoort[],
  moment: number,
): ReadonlyMap<Organisatiesoort, number> {
  const kan = [...organisaties.values()].filter(
    ({ soort, geldig, deelname }) =>
      binnen(geldig, moment) &&
      heen.some(({ verzender, domein }) => {
        const periode = deelname.get(domein);
        return verzender === soort && periode !== undefined && binnen(periode, moment);
      }),
  );
  return new Map([...Map.groupBy(kan, ({ soort }) => soort)].map(([soort, wie]) => [soort, wie.length]));
}

export interface Week {
  readonly vanaf: Date;
  readonly tot: Date;
  readonly berichten: number;
}

export interface Verkeer {
  /** Newest first; all of them lie in the past. */
  readonly weken: readonly Week[];
  /** How many organisations sent one, in any of these weeks. */
  readonly afzenders: number;
  /** Of these soorten, taken in and not judged yet. */
  readonly wachtend: number;
  /** So much waits in all that not everything was counted. */
  readonly wachtendMeer: boolean;
}

/** Weeks go by the clock of the Netherlands: nine o'clock stays nine o'clock when summer time begins. */
const eerder = (moment: string): string =>
  `((${moment}::timestamptz at time zone 'Europe/Amsterdam') - w * interval '7 days') at time zone 'Europe/Amsterdam'`;

const WEEK = {
  name: 'bevriezing-weken',
  text: `
select week.vanaf, week.tot, coalesce(sum(verstuurd.aantal), 0)::int as berichten,
  coalesce(array_agg(o.code) filter (where verstuurd.aantal > 0), '{}') as afzenders
from (select w, ${eerder('$1')} as vanaf, ${eerder('$2')} as tot from generate_series($3::int, $4::int) as w) week
cross join organisatie o
cross join lateral (
  select count(*) as aantal from bericht b
  where b.afzender = o.code and b.ontvangen_op >= week.vanaf and b.ontvangen_op < week.tot and b.berichtsoort = any ($5::text[])
) verstuurd
group by week.w, week.vanaf, week.tot order by week.w`,
};
const WACHTEND = {
  name: 'bevriezing-wachtend',
  text: `
select count(*) filter (where b.berichtsoort = any ($1::text[]))::int as aantal, count(*) = ${TEL_TOT} as meer
from (select bericht_id from te_doen limit ${TEL_TOT}) t join bericht b on b.id = t.bericht_id`,
};

/** @returns what travelled of these soorten in the same hours of the last weeks that are over */
export async function leesVerkeer(
  verbinding: Verbinding,
  { vanaf, tot }: Pick<NieuweBevriezing, 'vanaf' | 'tot'>,
  heen: readonly Berichtsoort[],
  nu: Date,
): Promise<Verkeer> {
  const codes = heen.map(({ code }) => code);
  const duur = tot === null ? ZONDER_EINDE_UREN * UUR_MS : Math.min(+tot - +vanaf, MAX_UREN * UUR_MS);
  const einde = new Date(+vanaf + duur);
  const eerste = Math.max(1, Math.ceil((+einde - +nu) / WEEK_MS));
  const [weken, wachtend] = await Promise.all([
    verbinding.query<Week & { readonly afzenders: readonly string[] }>({
      ...WEEK,
      values: [vanaf, einde, eerste, eerste + WEKEN - 1, codes],
    }),
    verbinding.query<{ aantal: number; meer: boolean }>({ ...WACHTEND, values: [codes] }),
  ]);
  return {
    weken: weken.rows.map(({ vanaf: van, tot: naar, berichten }) => ({ vanaf: van, tot: naar, berichten })),
    afzenders: new Set(weken.rows.flatMap(({ afzenders }) => afzenders)).size,
    wachtend: wachtend.rows[0]?.aantal ?? 0,
    wachtendMeer: wachtend.rows[0]?.meer ?? false,
  };
}
