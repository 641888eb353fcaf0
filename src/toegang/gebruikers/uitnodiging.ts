/**
 * Invitations: a code that is given to a colleague outside the portal. It is good once, for seven days, and only for who logs in on behalf of
 * the organisation that it is of. So a code alone is worth nothing.
 */
import { createHash, randomBytes } from 'node:crypto';
import { KnooppuntFout } from '../../fouten.ts';
import { schrijfLogboek } from '../../logboek/logboek.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Kandidaat } from './herkennen.ts';
import { clientId } from './rechten.ts';

export const GELDIG_DAGEN = 7;
/** Crockford's: no letter that looks like a digit. Of 20 of them 100 bits. */
const TEKENS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTE = 20;
const GROEP = /.{5}(?=.)/g;
const LIJKT_OP: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** A new code, as it is read out: ABCDE-FGHJK-MNPQR-STVWX. */
function nieuweCode(): string {
  const code = [...randomBytes(LENGTE)].map((byte) => TEKENS[byte % TEKENS.length]).join('');
  return code.replace(GROEP, '$&-');
}

/** However it was typed. */
const hashVan = (code: string): Buffer =>
  createHash('sha256')
    .update(
      code
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '')
        .replace(/[OIL]/g, (teken) => LIJKT_OP[teken] ?? teken),
    )
    .digest();

/** Makes the one code of a user; one that it had is worth nothing then. @returns the code: it is nowhere else */
export async function maakUitnodiging(verbinding: Verbinding, gebruiker: string): Promise<string> {
  const code = nieuweCode();
  await verbinding.query(
    `insert into uitnodiging (hash, gebruiker, vervalt_op) values ($1, $2, now() + make_interval(days => $3))
     on conflict (gebruiker) do update set hash = excluded.hash, vervalt_op = excluded.vervalt_op`,
    [hashVan(code), gebruiker, GELDIG_DAGEN],
  );
  return code;
}

interface Rij {
  readonly id: string;
  readonly organisatie: string | null;
}

const weiger = (details: string) => new KnooppuntFout('invoerOngeldig', details);

/**
 * Makes a person that logged in at the broker the user of an invitation.
 * @returns the id of the user
 * @throws KnooppuntFout invoerOngeldig with what to do
 */
export function koppel(database: Database, code: string, { persoon, organisaties }: Kandidaat): Promise<string> {
  return database.transactie(async (verbinding) => {
    const { rows } = await verbinding.query<Rij>(
      `select g.id, g.organisatie from uitnodiging u join gebruiker g on g.id = u.gebruiker
       where u.hash = $1 and u.vervalt_op > now() and g.ingetrokken_op is null for update of u, g`,
      [hashVan(code)],
    );
    const rij = rows[0];
    if (!rij)
      throw weiger(
        'Deze code klopt niet, of is verlopen of al gebruikt. Vraag zo nodig een nieuwe aan wie u uitnodigde.',
      );
    if (!organisaties.includes(rij.organisatie))
      throw weiger(
        'Deze code is van een andere organisatie dan waarvoor u bent ingelogd. Log in namens die organisatie.',
      );
    const { rows: dubbel } = await verbinding.query(
      'select from gebruiker where persoon = $1 and ingetrokken_op is null and id <> $2',
      [Buffer.from(persoon, 'hex'), rij.id],
    );
    if (dubbel.length > 0) throw weiger('U hebt al toegang met dit inlogmiddel; deze code is voor een ander.');
    await verbinding.query('update gebruiker set persoon = $2, gekoppeld_op = now() where id = $1', [
      rij.id,
      Buffer.from(persoon, 'hex'),
    ]);
    await verbinding.query('delete from uitnodiging where gebruiker = $1', [rij.id]);
    // Who was this user before, with another means, is it no more.
    await verbinding.query('delete from portaal_sessie where gebruiker = $1', [rij.id]);
    await schrijfLogboek(verbinding, [
      {
        gebeurtenis: 'gebruiker gekoppeld',
        actor: clientId(rij.id),
        namens: rij.organisatie,
        resultaat: 'gekoppeld',
        berichtId: null,
      },
    ]);
    return rij.id;
  });
}
