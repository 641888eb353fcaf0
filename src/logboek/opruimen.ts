/** The end of the term of the audit log: its own, apart from that of messages. */
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { zegelsleutel } from './afdruk.ts';
import { ruimSchakelsOp } from './keten.ts';
import { schrijfLogboek } from './logboek.ts';

/** Per transaction. */
const MAX_REGELS = 50_000;

/**
 * Removes the lines from before a day, as whole links of the chain, and says so in the log. What is left can still be checked: the link where it
 * now begins is sealed, and known by the anchors. Only for the planner.
 * @param voor lines that are older go; the database refuses what is younger than five years (NEN 7513)
 * @returns how many lines were removed
 */
export async function verwijderLogboekTot(database: Database, sleutels: Sleutels, voor: Date): Promise<number> {
  const sleutel = zegelsleutel(sleutels.hmac);
  let totaal = 0;
  for (;;) {
    const aantal = await ruimSchakelsOp(database, sleutel, {
      voor,
      maxRegels: MAX_REGELS,
      noteer: (client, { schakel, regels }) =>
        schrijfLogboek(client, [
          {
            gebeurtenis: 'logboek opgeruimd',
            actor: 'knooppunt',
            namens: null,
            resultaat: 'verwijderd',
            berichtId: null,
            details: { voor: voor.toISOString(), schakel, regels, reden: 'einde van de bewaartermijn' },
          },
        ]),
    });
    if (aantal === 0) return totaal;
    totaal += aantal;
  }
}
