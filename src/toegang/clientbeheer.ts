/** What the operator does with machine clients: register, give new keys or a new secret, withdraw. Each with a reden and an audit line. */
import type { JSONWebKeySet } from 'jose';
import { KnooppuntFout } from '../fouten.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { type Notitie, type Opdrachtgever, wijzig } from '../routering/wijziging.ts';
import { OIN } from './certificaat.ts';
import { hashGeheim, nieuwGeheim } from './geheim.ts';

export interface NieuweClient {
  readonly id: string;
  /** Codes of organisations that are known. */
  readonly namens: readonly string[];
  readonly beheerder: boolean;
  readonly wlzRegister: boolean;
  readonly landelijk: boolean;
  readonly metGeheim: boolean;
  readonly sleutels: JSONWebKeySet | undefined;
  readonly oins: readonly string[];
  /** SHA-256 of each certificate, in hexadecimal digits. */
  readonly certificaten: readonly string[];
  readonly extern: readonly { readonly uitgever: string; readonly id: string }[];
}

const ID = /^[a-z0-9][a-z0-9._-]{1,62}$/;
const weiger = (details: string) => new KnooppuntFout('invoerOngeldig', details);
const notitie = (gebeurtenis: Notitie['gebeurtenis'], details: NonNullable<Notitie['details']>): Notitie => ({
  gebeurtenis,
  namens: null,
  resultaat: gebeurtenis,
  details,
});

async function eisOrganisaties(verbinding: Verbinding, codes: readonly string[]): Promise<void> {
  const { rows } = await verbinding.query<{ code: string }>('select code from organisatie where code = any($1)', [
    codes,
  ]);
  const weg = codes.filter((code) => !rows.some((rij) => rij.code === code));
  if (weg.length > 0) throw weiger(`Niet in de lijst van organisaties: ${weg.join(', ')}.`);
}

/** Inserts rows of which each may be there once. */
async function voegToe(verbinding: Verbinding, opdracht: string, waarden: unknown[], alBezet: string): Promise<void> {
  const { rowCount } = await verbinding.query(`${opdracht} on conflict do nothing`, waarden);
  if (rowCount !== 1) throw weiger(alBezet);
}

async function bewaarGeheim(verbinding: Verbinding, client: string, hash: string): Promise<void> {
  await verbinding.query('insert into client_geheim (client, hash) values ($1, $2)', [client, hash]);
}

/** @throws KnooppuntFout invoerOngeldig */
export function eisClientvorm({ id, oins, certificaten, extern, sleutels, metGeheim }: NieuweClient): void {
  if (!ID.test(id)) throw weiger('De naam van een client heeft 2 tot 63 kleine letters, cijfers, punten en streepjes.');
  if (!oins.every((oin) => OIN.test(oin))) throw weiger('Een OIN heeft 20 cijfers.');
  if (!metGeheim && !sleutels && oins.length + certificaten.length + extern.length === 0)
    throw weiger(
      'Geef op hoe de client zich aanmeldt: een geheim, sleutels, een OIN, een certificaat of een externe uitgever.',
    );
}

/**
 * Registers a client.
 * @returns its secret, when it has one: it is nowhere else
 * @throws KnooppuntFout invoerOngeldig
 */
export async function maakClient(
  database: Database,
  opdracht: Opdrachtgever,
  nieuw: NieuweClient,
): Promise<string | undefined> {
  eisClientvorm(nieuw);
  const { id, namens, beheerder, wlzRegister, landelijk, sleutels, oins, certificaten, extern } = nieuw;
  const geheim = nieuw.metGeheim ? nieuwGeheim() : undefined;
  const hash = geheim === undefined ? undefined : await hashGeheim(geheim);
  return wijzig(database, opdracht, async (verbinding) => {
    await eisOrganisaties(verbinding, namens);
    await voegToe(
      verbinding,
      'insert into client (id, namens, beheerder, wlz_register, landelijk, jwks) values ($1, $2, $3, $4, $5, $6)',
      [id, namens, beheerder, wlzRegister, landelijk, sleutels ? JSON.stringify(sleutels) : null],
      'Er is al een client met deze naam, of die was er; een naam wordt niet opnieuw gebruikt.',
    );
    if (hash !== undefined) await bewaarGeheim(verbinding, id, hash);
    for (const oin of oins)
      await voegToe(
        verbinding,
        'insert into client_oin (oin, client) values ($1, $2)',
        [oin, id],
        `OIN ${oin} is al van een andere client.`,
      );
    for (const sha256 of certificaten)
      await voegToe(
        verbinding,
        `insert into client_certificaat (sha256, client) values (decode($1, 'hex'), $2)`,
        [sha256, id],
        'Dit certificaat is al van een andere client.',
      );
    for (const { uitgever, id: externId } of extern)
      await voegToe(
        verbinding,
        'insert into client_extern (uitgever, extern_id, client) values ($1, $2, $3)',
        [uitgever, externId, id],
        'Deze naam bij de externe uitgever is al van een andere client.',
      );
    const details = {
      client: id,
      namens: namens.join(',') || '-',
      beheerder: beheerder ? 'ja' : 'nee',
      wlzRegister: wlzRegister ? 'ja' : 'nee',
      landelijk: landelijk ? 'ja' : 'nee',
      geheim: hash === undefined ? 'nee' : 'ja',
      sleutels: sleutels?.keys.map(({ kid }) => kid).join(',') ?? '-',
      oins: oins.join(',') || '-',
      certificaten: certificaten.join(',') || '-',
      extern: extern.map(({ uitgever, id: externId }) => `${uitgever}=${externId}`).join(',') || '-',
    };
    return { waarde: geheim, notities: [notitie('client gemaakt', details)] };
  });
}

/** Locks a client that is not withdrawn. @throws KnooppuntFout invoerOngeldig when there is none */
async function eisClient(verbinding: Verbinding, id: string): Promise<void> {
  const { rowCount } = await verbinding.query(
    'select from client where id = $1 and ingetrokken_op is null for update',
    [id],
  );
  if (rowCount !== 1) throw weiger('Er is geen client met deze naam, of zij is ingetrokken.');
}

/**
 * Gives a client a new secret beside the one it has, which goes on for a while: so it can change without being shut out.
 * @param overlapUren how long the old secret still holds; 0: it does not
 * @returns the new secret: it is nowhere else
 */
export async function draaiGeheim(
  database: Database,
  opdracht: Opdrachtgever,
  id: string,
  overlapUren: number,
): Promise<string> {
  const geheim = nieuwGeheim();
  const hash = await hashGeheim(geheim);
  return wijzig(database, opdracht, async (verbinding) => {
    await eisClient(verbinding, id);
    // Of the old ones only the last goes on: two at the same time is what it takes.
    await verbinding.query(
      `delete from client_geheim where client = $1 and id < (select max(id) from client_geheim where client = $1)`,
      [id],
    );
    await verbinding.query(
      `update client_geheim set vervalt_op = least(vervalt_op, now() + make_interval(hours => $2)) where client = $1`,
      [id, overlapUren],
    );
    await bewaarGeheim(verbinding, id, hash);
    const details = { client: id, wat: 'geheim', overlapUren };
    return { waarde: geheim, notities: [notitie('client gewijzigd', details)] };
  });
}

/** Gives a client other public keys. A client that wants to change without being shut out hands over the old and the new one together. */
export function draaiSleutels(
  database: Database,
  opdracht: Opdrachtgever,
  id: string,
  sleutels: JSONWebKeySet,
): Promise<void> {
  return wijzig(database, opdracht, async (verbinding) => {
    await eisClient(verbinding, id);
    await verbinding.query('update client set jwks = $2 where id = $1', [id, JSON.stringify(sleutels)]);
    const details = { client: id, wat: 'sleutels', sleutels: sleutels.keys.map(({ kid }) => kid).join(',') };
    return { waarde: undefined, notities: [notitie('client gewijzigd', details)] };
  });
}

/** Withdraws a client, with all its ways in. Its OIN and certificates can then be of another. */
export function trekClientIn(database: Database, opdracht: Opdrachtgever, id: string): Promise<void> {
  return wijzig(database, opdracht, async (verbinding) => {
    await eisClient(verbinding, id);
    await verbinding.query('update client set ingetrokken_op = now(), jwks = null where id = $1', [id]);
    for (const tabel of ['client_geheim', 'client_oin', 'client_certificaat', 'client_extern'])
      await verbinding.query(`delete from ${tabel} where client = $1`, [id]);
    return { waarde: undefined, notities: [notitie('client ingetrokken', { client: id })] };
  });
}

export interface Clientoverzicht {
  readonly id: string;
  readonly namens: readonly string[];
  readonly beheerder: boolean;
  readonly wlzRegister: boolean;
  readonly landelijk: boolean;
  readonly geheimen: number;
  readonly sleutels: readonly string[];
  readonly oins: readonly string[];
  readonly certificaten: readonly string[];
  readonly extern: readonly string[];
  readonly gemaaktOp: Date;
  readonly ingetrokkenOp: Date | null;
}

/** Everything that may be shown of the clients; no secret, and no hash of one. @param id only this one */
export async function leesClients(
  verbinding: Verbinding,
  id: string | null = null,
): Promise<readonly Clientoverzicht[]> {
  const { rows } = await verbinding.query<Clientoverzicht>(
    `select c.id, c.namens, c.beheerder, c.wlz_register as "wlzRegister", c.landelijk,
       (select count(*)::int from client_geheim g where g.client = c.id and (g.vervalt_op is null or g.vervalt_op > now())) as geheimen,
       array(select k ->> 'kid' from jsonb_array_elements(c.jwks -> 'keys') k) as sleutels,
       array(select o.oin from client_oin o where o.client = c.id) as oins,
       array(select encode(z.sha256, 'hex') from client_certificaat z where z.client = c.id) as certificaten,
       array(select e.uitgever || '=' || e.extern_id from client_extern e where e.client = c.id) as extern,
       c.gemaakt_op as "gemaaktOp", c.ingetrokken_op as "ingetrokkenOp"
     from client c where $1::text is null or c.id = $1 order by c.id`,
    [id],
  );
  return rows;
}
