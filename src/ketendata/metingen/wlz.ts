/**
 * The Wlz: what becomes of signals, how many days that takes, and the registertoetsen with their answers. They are found by the lines of the
 * audit log that are about them. A signal counts in the week in which it was made, a toets in that of its question.
 *
 * A signal that ended because there was nothing left to handle (vervallen) took nobody any time.
 */
import type { Verbinding } from '../../opslag/database.ts';
import type { Bijdrage, Meting } from '../types.ts';
import { bijdrage, dagenTussen, duur, perOnderwerp } from './basis.ts';
import { dagVan, type Plekrij, weekVan } from './sql.ts';

const PLAATS = `'iwmo' as domein, '' as aanbieder, '' as berichtsoort, '' as release`;
const ids = ({ rows }: { readonly rows: readonly { readonly id: string }[] }): readonly string[] =>
  rows.map(({ id }) => id);

const SIGNAALREGELS = {
  name: 'ketendata-wlz-signaalregels',
  text: `select distinct details->>'signaal' as id from logboek where nr > $1 and nr <= $2 and details ? 'signaal'
    and gebeurtenis in ('wlz-signaal gemaakt', 'wlz-signaal behandeld')`,
};
const SIGNALEN = {
  name: 'ketendata-wlz-signalen',
  text: `
select s.id::text as id, ${weekVan('s.aangemaakt_op')} as week, s.gemeente, ${PLAATS}, s.type, s.workflow, s.uitkomst, ${dagVan('s.aangemaakt_op')} as dag,
  (select ${dagVan('min(t.tijdstip)')} from wlz_signaalstap t where t.signaal_id = s.id and t.workflow = 'afgehandeld') as einde
from unnest($1::uuid[]) as n(id) join wlz_signaal s on s.id = n.id`,
};

interface Signaalrij extends Plekrij {
  readonly type: string;
  readonly workflow: string;
  readonly uitkomst: string | null;
  readonly dag: string;
  readonly einde: string | null;
}

export const SIGNALEN_WLZ: Meting = {
  naam: 'wlz-signalen',
  bron: 'wlz-signaal',
  onderwerpen: async (verbinding, na, tot) => ids(await verbinding.query({ ...SIGNAALREGELS, values: [na, tot] })),
  alle: async (verbinding, na, aantal) =>
    ids(
      await verbinding.query({
        name: 'ketendata-wlz-alle-signalen',
        text: 'select id::text as id from wlz_signaal where id > $1::uuid order by wlz_signaal.id limit $2',
        values: [na, aantal],
      }),
    ),
  async bijdragen(verbinding, welke) {
    const { rows } = await verbinding.query<Signaalrij>({ ...SIGNALEN, values: [welke] });
    return perOnderwerp(
      rows.flatMap((rij): readonly (readonly [string, Bijdrage])[] => {
        const { id, type, workflow, uitkomst, dag, einde } = rij;
        const stand = bijdrage(
          rij,
          'wlz-signaal',
          [type, workflow, ...(uitkomst === null ? [] : [uitkomst])].join(':'),
        );
        if (einde === null || uitkomst === 'vervallen') return [[id, stand]];
        return [
          [id, stand],
          [id, duur(rij, 'wlz-afhandeling', dagenTussen(dag, einde))],
        ];
      }),
    );
  },
};

/**
 * A toets is a line of the audit log, and is known here by the number of that line, in the form of an id: so it is found by its key, and needs
 * no index of its own.
 */
const NR_ALS_ID = `('00000000-0000-0000-' || regexp_replace(lpad(to_hex(nr), 16, '0'), '^(.{4})', '\\1-'))::uuid::text`;
const ID_ALS_NR = (id: string): string => BigInt(`0x${id.replaceAll('-', '').slice(-16)}`).toString();

const toetsregels = (grens: string) =>
  `select ${NR_ALS_ID} as id from logboek where nr > $1 and ${grens} and gebeurtenis = 'wlz-registertoets' order by nr`;
const TOETSEN = {
  name: 'ketendata-wlz-toetsen',
  text: `
select ${NR_ALS_ID} as id, ${weekVan('l.tijdstip')} as week, coalesce(l.namens, '') as gemeente, ${PLAATS}, l.resultaat
from unnest($1::bigint[]) as n(regel) join logboek l on l.nr = n.regel where l.gebeurtenis = 'wlz-registertoets'`,
};
const ANTWOORDEN: ReadonlySet<string> = new Set(['ja', 'nee']);

async function alleToetsen(verbinding: Verbinding, na: string, aantal: number): Promise<readonly string[]> {
  return ids(
    await verbinding.query({
      name: 'ketendata-wlz-alle-toetsen',
      text: `${toetsregels('true')} limit $2`,
      values: [ID_ALS_NR(na), aantal],
    }),
  );
}

export const TOETSEN_WLZ: Meting = {
  naam: 'wlz-toetsen',
  bron: 'wlz-toets',
  onderwerpen: async (verbinding, na, tot) =>
    ids(
      await verbinding.query({
        name: 'ketendata-wlz-toetsregels',
        text: toetsregels('nr <= $2'),
        values: [na, tot],
      }),
    ),
  alle: alleToetsen,
  async bijdragen(verbinding, welke) {
    const { rows } = await verbinding.query<Plekrij & { readonly resultaat: string }>({
      ...TOETSEN,
      values: [welke.map(ID_ALS_NR)],
    });
    return perOnderwerp(
      rows.map((rij) => [
        rij.id,
        bijdrage(rij, 'wlz-toets', ANTWOORDEN.has(rij.resultaat) ? rij.resultaat : 'geweigerd'),
      ]),
    );
  },
};
