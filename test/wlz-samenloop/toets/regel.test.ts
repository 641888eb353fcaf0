/** The question in SQL and the rule in TypeScript say the same of any besluit and any day, in both readings of vervaldatum. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Looptijd, laatsteDagSql, telt, VERVALDATUMLEZINGEN } from '#src/wlz-samenloop/geldigheid.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { ZAAD } from '../../hulp/zaad.ts';

const { database, weg } = await maakGegevensbank();
afterAll(weg);

/** A small calendar, so that the edges meet. */
const dag = fc.integer({ min: 20, max: 34 }).map((nr) => new Date(Date.UTC(2024, 1, nr)).toISOString().slice(0, 10));
const einde = fc.option(dag);
const geval = fc.record({ ingangsdatum: dag, einddatum: einde, vervaldatum: einde, peildatum: dag });

test.each(VERVALDATUMLEZINGEN)('%s', async (lezing) => {
  const gevallen = fc.sample(geval, { numRuns: 5000, seed: ZAAD }).map((een) => ({
    ...een,
    einddatum: een.einddatum !== null && een.einddatum < een.ingangsdatum ? null : een.einddatum,
  }));
  const kolom = (naam: keyof Looptijd | 'peildatum') => gevallen.map((een) => een[naam]);
  const { rows } = await database.pool.query<{ telt: boolean }>(
    `select i.ingangsdatum <= i.peildatum and coalesce(${laatsteDagSql(lezing, 'i')}, 'infinity') >= i.peildatum as telt
     from unnest($1::date[], $2::date[], $3::date[], $4::date[]) with ordinality as i(ingangsdatum, einddatum, vervaldatum, peildatum, nr) order by nr`,
    [kolom('ingangsdatum'), kolom('einddatum'), kolom('vervaldatum'), kolom('peildatum')],
  );
  const anders = gevallen.filter((een, nr) => telt(een, een.peildatum, lezing) !== rows[nr]?.telt);
  expect(anders, `seed ${ZAAD}`).toEqual([]);
  expect(rows.filter((rij) => rij.telt).length).toBeGreaterThan(200);
});
