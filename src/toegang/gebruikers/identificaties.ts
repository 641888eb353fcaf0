/** Which legal entity, as the broker has it, is which organisation. The operator says so; with a reden and an audit line. */
import { KnooppuntFout } from '../../fouten.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import { type Notitie, type Opdrachtgever, wijzig } from '../../routering/wijziging.ts';

export interface Identificatie {
  /** Number of a legal entity: KvK number, OIN, or what the broker uses. */
  readonly identificatie: string;
  /** null: the operator of the switch, or a national organisation. */
  readonly organisatie: string | null;
}

const VORM = /^[0-9A-Za-z:._-]{2,100}$/;
const weiger = (details: string) => new KnooppuntFout('invoerOngeldig', details);

const notitie = ({ identificatie, organisatie }: Identificatie, resultaat: string): Notitie => ({
  gebeurtenis: 'organisatie gewijzigd',
  namens: organisatie,
  resultaat,
  details: { identificatie },
});

/** All of them, or of one organisation. */
export async function leesIdentificaties(verbinding: Verbinding): Promise<readonly Identificatie[]> {
  const { rows } = await verbinding.query<Identificatie>(
    'select identificatie, organisatie from organisatie_identificatie order by organisatie nulls first, identificatie',
  );
  return rows;
}

/** In a transaction of a change. @returns what to note; nothing when it was there */
export async function voegIdentificatieToe(verbinding: Verbinding, nieuw: Identificatie): Promise<readonly Notitie[]> {
  if (!VORM.test(nieuw.identificatie)) throw weiger('Een identificatie heeft 2 tot 100 letters, cijfers of : . _ -');
  const { rowCount } = await verbinding.query(
    'insert into organisatie_identificatie (identificatie, organisatie) values ($1, $2) on conflict do nothing',
    [nieuw.identificatie, nieuw.organisatie],
  );
  return rowCount === 1 ? [notitie(nieuw, 'identificatie erbij')] : [];
}

/** @throws KnooppuntFout invoerOngeldig */
export function geefIdentificatie(database: Database, opdracht: Opdrachtgever, nieuw: Identificatie): Promise<void> {
  return wijzig(database, opdracht, async (verbinding) => {
    const { rowCount } = await verbinding.query('select from organisatie where code = $1', [nieuw.organisatie]);
    if (nieuw.organisatie !== null && rowCount !== 1) throw weiger('Deze organisatie is niet bekend.');
    const notities = await voegIdentificatieToe(verbinding, nieuw);
    if (notities.length === 0) throw weiger('Deze identificatie is al van deze organisatie.');
    return { waarde: undefined, notities };
  });
}

/** Users of the organisation that come in with it are out at once. @throws KnooppuntFout invoerOngeldig */
export function trekIdentificatieIn(database: Database, opdracht: Opdrachtgever, weg: Identificatie): Promise<void> {
  return wijzig(database, opdracht, async (verbinding) => {
    const { rowCount } = await verbinding.query(
      'delete from organisatie_identificatie where identificatie = $1 and organisatie is not distinct from $2',
      [weg.identificatie, weg.organisatie],
    );
    if (rowCount !== 1) throw weiger('Deze identificatie is niet van deze organisatie.');
    await verbinding.query(
      `delete from portaal_sessie s using gebruiker g
       where g.id = s.gebruiker and g.organisatie is not distinct from $1`,
      [weg.organisatie],
    );
    return { waarde: undefined, notities: [notitie(weg, 'identificatie weg')] };
  });
}
