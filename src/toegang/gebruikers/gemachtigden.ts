/** Who acts by machtiging: a system has a name of its own, a person of the portal is looked up. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Machtiging } from '../../routering/machtigingen.ts';

const GEBRUIKER = /^gebruiker:([0-9a-f-]{36})$/;

export interface Gemachtigde extends Machtiging {
  /** What it is called. */
  readonly wie: string;
}

/** @returns the machtigingen, each with what its holder is called */
export async function leesGemachtigden(
  verbinding: Verbinding,
  machtigingen: readonly Machtiging[],
): Promise<readonly Gemachtigde[]> {
  const ids = machtigingen.flatMap(({ client }) => GEBRUIKER.exec(client)?.[1] ?? []);
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await verbinding.query<{ id: string; naam: string; organisatie: string | null }>(
          `select g.id, g.naam, o.naam as organisatie from gebruiker g left join organisatie o on o.code = g.organisatie
           where g.id = any ($1::uuid[])`,
          [ids],
        );
  const namen = new Map(rows.map(({ id, naam, organisatie }) => [id, organisatie ? `${naam}, ${organisatie}` : naam]));
  return machtigingen.map((machtiging) => ({
    ...machtiging,
    wie: namen.get(GEBRUIKER.exec(machtiging.client)?.[1] ?? '') ?? machtiging.client,
  }));
}
