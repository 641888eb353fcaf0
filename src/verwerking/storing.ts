/**
 * A lane whose turn failed through our own fault (a defect, a missing key). Its message is neither refused nor passed over: it waits,
 * with growing pauses, visible to the operator, while all other lanes go on.
 */
import type { Verbinding } from '../opslag/database.ts';

const EERSTE_PAUZE_S = 1;
const LANGSTE_PAUZE_S = 300;

/** A cause for the operator: the kind of error and its code, never its text, which can quote a message. */
export function oorzaakVan(fout: unknown): string {
  if (!(fout instanceof Error)) return 'onbekend';
  const { code } = fout as Error & { code?: string };
  return code ? `${fout.name} ${code}` : fout.name;
}

/** Notes that a turn failed and says when the next may be. */
export async function meldStoring(verbinding: Verbinding, baanId: number, fout: unknown): Promise<void> {
  await verbinding.query(
    `insert into baan_storing as s (baan_id, pogingen, volgende_poging, oorzaak)
     values ($1, 1, now() + make_interval(secs => $3), $2)
     on conflict (baan_id) do update set pogingen = s.pogingen + 1, oorzaak = excluded.oorzaak,
       volgende_poging = now() + make_interval(secs => least($4, $3 * power(2, least(s.pogingen, 20))))`,
    [baanId, oorzaakVan(fout), EERSTE_PAUZE_S, LANGSTE_PAUZE_S],
  );
}

/** These lanes work again. */
export async function wisStoring(verbinding: Verbinding, banen: readonly number[]): Promise<void> {
  await verbinding.query('delete from baan_storing where baan_id = any ($1::int[])', [banen]);
}
