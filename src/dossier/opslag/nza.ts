/** Writes down what the set for the NZa needs of a message, in the turn that takes the message into its dossier. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Nzafeit } from '../nza.ts';

const REGISTREER = {
  name: 'nza-registreer',
  text: `
insert into nza_feit (baan_id, volgorde, nr, geboortejaar, verwijzer)
select * from unnest($1::int[], $2::bigint[], $3::int[], $4::smallint[], $5::text[])`,
};

export interface Geplaatst extends Nzafeit {
  readonly baanId: number;
  readonly volgorde: number;
}

/** @param verbinding the transaction of the turn */
export async function registreerNza(verbinding: Verbinding, feiten: readonly Geplaatst[]): Promise<void> {
  if (feiten.length === 0) return;
  await verbinding.query({
    ...REGISTREER,
    values: [
      feiten.map(({ baanId }) => baanId),
      feiten.map(({ volgorde }) => volgorde),
      feiten.map(({ nr }) => nr),
      feiten.map(({ geboortejaar }) => geboortejaar),
      feiten.map(({ verwijzer }) => verwijzer),
    ],
  });
}
