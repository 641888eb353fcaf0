/** An employee of the gemeente takes a signal up, or closes it. */
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import { versleutel } from '../../opslag/versleuteling.ts';
import { sluitDeelAf } from './deel.ts';
import { deelVan } from './delen.ts';
import { type Aantekening, aantekeningGebonden } from './lezen.ts';
import { magNaar, type Uitkomst, type Workflow } from './regels/workflow.ts';

export interface Behandeling extends Aantekening {
  readonly naar: Workflow;
  readonly uitkomst: Uitkomst | undefined;
}

const STAP = `
insert into wlz_signaalstap (signaal_id, nr, stap, workflow, uitkomst, door, sleutel_id, cijfertekst)
select $1, coalesce(max(nr), 0) + 1, $2, $3, $4, $5, $6, $7 from wlz_signaalstap where signaal_id = $1`;

/** Line in the history of each state that an employee can choose. */
const STAPNAAM: Readonly<Record<Workflow, string>> = {
  nieuw: 'gemeld',
  in_behandeling: 'in behandeling genomen',
  afgehandeld: 'afgehandeld',
};

/**
 * @param actor the client
 * @param gemeenten for which it may do this
 * @throws KnooppuntFout nietGevonden (also for a signal of another gemeente), or signaalstapOnjuist
 */
export async function behandelSignaal(
  database: Database,
  sleutels: Sleutels,
  actor: string,
  id: string,
  gemeenten: readonly string[],
  { naar, uitkomst, reden, behandelaar }: Behandeling,
): Promise<void> {
  await database.transactie(async (client) => {
    const { rows } = await client.query<{ hmac: Buffer; gemeente: string }>(
      'select bsn_hmac as hmac, gemeente from wlz_signaal where id = $1 and gemeente = any ($2::text[])',
      [id, gemeenten],
    );
    const [signaal] = rows;
    if (!signaal) throw new KnooppuntFout('nietGevonden');
    // A comparison that is at it finishes first.
    await sluitDeelAf(client, deelVan(signaal.hmac));
    const stand = await client.query<{ workflow: Workflow }>('select workflow from wlz_signaal where id = $1', [id]);
    const van = stand.rows[0]?.workflow ?? 'afgehandeld';
    if (!magNaar(van, naar, 'gemeente', uitkomst)) throw new KnooppuntFout('signaalstapOnjuist');
    const { rowCount } = await client.query(
      `update wlz_signaal set workflow = $3, uitkomst = $4, gewijzigd_op = date_trunc('milliseconds', now())
       where id = $1 and workflow = $2`,
      [id, van, naar, uitkomst ?? null],
    );
    if (rowCount !== 1) throw new KnooppuntFout('signaalstapOnjuist');
    const aantekening: Aantekening = { reden, behandelaar };
    const { sleutelId, cijfertekst } = versleutel(
      sleutels,
      aantekeningGebonden(id),
      Buffer.from(JSON.stringify(aantekening)),
      sleutels.vast,
    );
    await client.query(STAP, [id, STAPNAAM[naar], naar, uitkomst ?? null, actor, sleutelId, cijfertekst]);
    await schrijfLogboek(client, [
      {
        gebeurtenis: 'wlz-signaal behandeld',
        actor,
        namens: signaal.gemeente,
        resultaat: uitkomst ?? naar,
        berichtId: null,
        betrokkenen: [signaal.hmac],
        details: { signaal: id },
      },
    ]);
  });
}
