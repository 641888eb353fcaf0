/**
 * Messages of which nothing about anybody is left: declaraties whose prestaties all went, their answers, answers to requests that are not there. They
 * say which identificaties and numbers were used, and go when they are as old as a story must be.
 */
import type { Verbinding } from '../../opslag/database.ts';
import { IS_ER, PERSOONSTABELLEN } from './lees.ts';

const LEEG = PERSOONSTABELLEN.map(
  (tabel) => `not ${IS_ER(`from dossier_${tabel} f where f.baan_id = d.baan_id and f.volgorde = d.volgorde`)}`,
).join('\n  and ');
const GEVRAAGD = ['verzoek', 'toewijzing']
  .map((tabel) => IS_ER(`from dossier_${tabel} f where f.kenmerk = a.kenmerk and f.baan_id::bigint = a.baan_id`))
  .join(' or ');

/** $1 lane, $2 the first day that is not long enough ago. */
const WAAR = `
d.baan_id = $1 and d.dagtekening < $2 and ${LEEG}
  and not exists (select from dossier_antwoord a where a.baan_id = d.baan_id and a.volgorde = d.volgorde and (${GEVRAAGD}))
  and not ${IS_ER('from bericht b where b.id = d.bericht_id')}`;

const REST = {
  name: 'opruimen-rest',
  text: `select d.volgorde::float8 as volgorde, d.dagtekening from dossier_bericht d where ${WAAR} and length(d.dagtekening) = 10 order by d.volgorde limit $3`,
};

export interface Rest {
  readonly volgorde: number;
  readonly dagtekening: string;
}

/** @returns the first of them */
export async function leesRest(
  verbinding: Verbinding,
  baanId: number,
  voor: string,
  aantal: number,
): Promise<readonly Rest[]> {
  return (await verbinding.query<Rest>({ ...REST, values: [baanId, voor, aantal] })).rows;
}

/** Which of these places are left with nothing, now that these persons and what answers these requests went. */
const LEEG_NU = {
  name: 'opruimen-leeg',
  text: `
select d.volgorde::float8 as volgorde from unnest($2::bigint[]) as s(volgorde) join dossier_bericht d on d.baan_id = $1 and d.volgorde = s.volgorde
where ${LEEG} and not exists (select from dossier_antwoord a where a.baan_id = d.baan_id and a.volgorde = d.volgorde
  and not (encode(a.kenmerk, 'hex') = any ($3::text[])))`,
};

export async function leesLege(
  verbinding: Verbinding,
  baanId: number,
  plekken: readonly number[],
  kenmerken: readonly string[],
): Promise<readonly number[]> {
  const { rows } = await verbinding.query<{ volgorde: number }>({ ...LEEG_NU, values: [baanId, plekken, kenmerken] });
  return rows.map(({ volgorde }) => volgorde);
}
