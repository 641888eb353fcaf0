/**
 * Making all figures anew from what is there, in place: subject by subject, as if each of them changed, while messages travel and what they
 * change is followed as always. What a subject counts for does not depend on when that is found, so the rows are the same as before; what
 * counted for too much or too little comes right. Figures of messages that retention removed stay.
 *
 * It goes on where it was, by whoever: a planner goes on with what a command began, and the other way round.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import { bronnenVan, maakAnders } from './bijwerken.ts';
import { METINGEN, VERSIE } from './metingen.ts';
import { CIJFERSLOT } from './toepassen.ts';
import { BERICHT, type Bron, type Meting, VOOR_ALLES } from './types.ts';
import { FINAAL } from './volgen.ts';

/** Subjects in one commit. */
export const PORTIE = 500;

/**
 * Begins, or begins anew. What happened up to now needs not be followed any more: it is in what is there.
 * @returns false: the figures are of a newer version of the software, which this one must not make anew
 */
export async function beginHerbouw(database: Database): Promise<boolean> {
  const { rowCount } = await database.pool.query(
    `update ketenstand set versie = $1, herbouw_bron = $2, herbouw_na = $3, tot_regel = greatest(tot_regel, ${FINAAL})
     where enige and versie <= $1`,
    [VERSIE, BERICHT, VOOR_ALLES],
  );
  return rowCount === 1;
}

const STAND = {
  name: 'keten-herbouw-stand',
  text: 'select herbouw_bron as bron, herbouw_na as na from ketenstand where enige and herbouw_bron is not null',
};
const BERICHTEN = {
  name: 'keten-herbouw-berichten',
  text: 'select id::text from bericht where id > $1 order by id limit $2',
};
const VERDER = {
  name: 'keten-herbouw-verder',
  text: `update ketenstand set herbouw_bron = $1, herbouw_na = $2, herbouwd_op = case when $1::text is null then now() else herbouwd_op end,
    bijgewerkt_op = now() where enige`,
};

async function volgende(
  client: Verbinding,
  metingen: readonly Meting[],
  bron: Bron,
  na: string,
  aantal: number,
): Promise<readonly string[]> {
  if (bron === BERICHT) {
    const { rows } = await client.query<{ id: string }>({ ...BERICHTEN, values: [na, aantal] });
    return rows.map(({ id }) => id);
  }
  const alle = metingen.find((meting) => meting.bron === bron && meting.alle)?.alle;
  return (await alle?.(client, na, aantal)) ?? [];
}

export interface Portie {
  /** Nothing is left. */
  readonly klaar: boolean;
  readonly bekeken: number;
  readonly anders: number;
}

/** Makes the figures of the next subjects anew, when a rebuild is under way. */
export async function herbouwPortie(
  database: Database,
  metingen: readonly Meting[] = METINGEN,
  aantal: number = PORTIE,
): Promise<Portie> {
  return database.transactie(async (client) => {
    const { rows } = await client.query<{ bron: Bron; na: string }>(STAND);
    const [hier] = rows;
    if (!hier) return { klaar: true, bekeken: 0, anders: 0 };
    const ids = await volgende(client, metingen, hier.bron, hier.na, aantal);
    const anders = await maakAnders(client, metingen, hier.bron, ids);
    const bronnen = bronnenVan(metingen);
    const [bron, na] =
      ids.length === aantal ? [hier.bron, ids.at(-1)] : [bronnen[bronnen.indexOf(hier.bron) + 1] ?? null, VOOR_ALLES];
    await client.query({ ...VERDER, values: [bron, bron === null ? null : na] });
    return { klaar: bron === null, bekeken: ids.length, anders };
  }, CIJFERSLOT);
}
