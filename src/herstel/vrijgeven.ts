/**
 * Letting a restored database push again. What it thinks must still be pushed is ambiguous: it may have arrived in the time that was lost, so
 * it is not repeated blindly. It is set apart as onbestelbaar: the receiver can fetch it, and the operator resumes per receiver, after asking.
 */
import type { Oorzaak } from '../bezorging/oorzaken.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import { bezorgingVoor } from '../toestanden.ts';
import { zetMerk } from './merk.ts';

/** Cause of what was set apart; see bezorging/oorzaken. */
export const OORZAAK: Oorzaak = 'herstel';

const lijst = bezorgingVoor('onbestelbaar')
  .map((stand) => `'${stand}'`)
  .join(', ');

const ZET_APART = `
with apart as (
  update postbus_item p set bezorging = 'onbestelbaar', lease_tot = null
  from bericht b, instelling i
  where b.id = p.bericht_id and i.organisatie = p.postbus and i.domein = b.domein and i.route = 'stuf' and p.bezorging in (${lijst})
  returning p.bericht_id, p.postbus
), poging as (
  insert into bezorgpoging as v (bericht_id, postbus, oorzaak) select bericht_id, postbus, '${OORZAAK}' from apart
  on conflict (bericht_id) do update set oorzaak = excluded.oorzaak, volgende_poging = null, ophaling_id = null
)
select postbus, count(*)::int as aantal from apart group by 1 order by 1`;

export interface Apart {
  readonly postbus: string;
  readonly aantal: number;
}

/**
 * Sets apart what may have been pushed, and lets pushing go on, in one commit with its audit line.
 * @param actor who says so
 * @returns per receiver how many messages wait for a decision
 */
export async function geefVrij(database: Database, actor: string): Promise<readonly Apart[]> {
  return database.transactie(async (client) => {
    const { rows } = await client.query<Apart>(ZET_APART);
    await zetMerk(client);
    const aantal = rows.reduce((som, rij) => som + rij.aantal, 0);
    await schrijfLogboek(client, [
      {
        gebeurtenis: 'herstel vrijgegeven',
        actor,
        namens: null,
        resultaat: 'vrijgegeven',
        berichtId: null,
        details: { aantal },
      },
    ]);
    return rows;
  });
}
