/** How many toetsen a client asked in the minute that runs, of all processes together. Questions in bulk are what signalen are for. */
import type { Verbinding } from '../../opslag/database.ts';

const TEL = {
  name: 'wlz-toets-tellen',
  text: `
insert into wlz_toetsteller as t (client, minuut, aantal) values ($1, date_trunc('minute', now()), 1)
on conflict (client) do update set
  aantal = case when t.minuut = excluded.minuut then t.aantal + 1 else 1 end,
  minuut = excluded.minuut
returning aantal`,
};

/** Counts one question. @returns how many there were in this minute, this one among them */
export async function telVraag(verbinding: Verbinding, client: string): Promise<number> {
  const { rows } = await verbinding.query<{ aantal: number }>({ ...TEL, values: [client] });
  return rows[0]?.aantal ?? 1;
}
