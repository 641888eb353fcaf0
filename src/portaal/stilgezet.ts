/** What an organisation is told when the operator holds its messages back. */
import type { Database } from '../opslag/database.ts';
import { leesNamen } from '../routering/namen.ts';
import { leesStop } from '../routering/stops.ts';
import { type Html, html } from './html.ts';
import { melding } from './onderdelen.ts';
import { tijd } from './opmaak.ts';
import { organisatie } from './woorden.ts';

const GEVOLG = {
  aanlevering: 'Nieuwe berichten van deze organisatie worden geweigerd.',
  bezorging:
    'Berichten voor deze organisatie blijven in de postbus liggen; u kunt ze nu niet downloaden. Er gaat niets verloren.',
} as const;

/** @returns a warning for each of these organisations that is stopped; null when none is */
export async function stilgezet({ pool }: Database, codes: readonly string[]): Promise<Html | null> {
  const stops = (await Promise.all(codes.map((code) => leesStop(pool, code)))).filter((stop) => stop !== undefined);
  if (stops.length === 0) return null;
  const namen = await leesNamen(
    pool,
    stops.map((stop) => stop.organisatie),
  );
  return html`${stops.map((stop) =>
    melding(
      'warning',
      html`De beheerder heeft berichten van ${organisatie(stop.organisatie, namen)} stilgezet`,
      html`${stop.aanlevering ? `${GEVOLG.aanlevering} ` : null}${stop.bezorging ? `${GEVOLG.bezorging} ` : null}Sinds ${tijd(stop.sinds)}. Reden: ${stop.reden}`,
    ),
  )}`;
}
