/**
 * Managing users: invite, change, withdraw. By the operator over all, by a gebruikersbeheerder over its own organisation. Each change has a
 * reden and an audit line, and who it is about has to log in again.
 */
import { randomUUID } from 'node:crypto';
import { KnooppuntFout } from '../../fouten.ts';
import { isUuid } from '../../identiteit.ts';
import type { Database, Verbinding } from '../../opslag/database.ts';
import type { Routering } from '../../routering/routering.ts';
import { type Notitie, type Opdrachtgever, verschil, wijzig } from '../../routering/wijziging.ts';
import { voegIdentificatieToe } from './identificaties.ts';
import { dienstenVan } from './rechten.ts';
import { bezwaarTegen, type Gezag, magBeheren, type Recht } from './regels.ts';
import type { Dienst, Rol } from './types.ts';
import { maakUitnodiging } from './uitnodiging.ts';

export interface Beheeromgeving {
  readonly database: Database;
  readonly routering: Routering;
}

/** Who gives the order: on which authority, as whom, and why. */
export interface Beheeropdracht extends Opdrachtgever {
  readonly gezag: Gezag;
}

export interface NieuweGebruiker extends Recht {
  readonly naam: string;
  /** For the operator alone: the legal entity with which the users of this organisation log in. */
  readonly identificatie?: string | undefined;
}

export type Gebruikerstand = 'actief' | 'uitgenodigd' | 'uitnodiging verlopen' | 'ingetrokken';

export interface Gebruikeroverzicht {
  readonly id: string;
  readonly naam: string;
  readonly organisatie: string | null;
  readonly organisatienaam: string | null;
  readonly rol: Rol;
  readonly diensten: readonly Dienst[];
  readonly stand: Gebruikerstand;
  readonly uitnodigingTot: Date | null;
  readonly aangemeldOp: Date | null;
  readonly ingetrokkenOp: Date | null;
}

/** Its name is for colleagues; nothing that could be a BSN. */
const NAAM = /^[\p{L}\p{M}\p{N} .,'’()-]{2,80}$/u;
const CIJFERS = /\d{6}/;
const weiger = (details: string) => new KnooppuntFout('invoerOngeldig', details);

const LEES = `
select g.id, g.naam, g.organisatie, o.naam as organisatienaam, g.rol,
  array(select d.dienst from gebruiker_dienst d where d.gebruiker = g.id order by d.dienst) as diensten,
  case when g.ingetrokken_op is not null then 'ingetrokken' when g.gekoppeld_op is not null then 'actief'
    when u.vervalt_op > now() then 'uitgenodigd' else 'uitnodiging verlopen' end as stand,
  u.vervalt_op as "uitnodigingTot", g.aangemeld_op as "aangemeldOp", g.ingetrokken_op as "ingetrokkenOp"
from gebruiker g left join organisatie o on o.code = g.organisatie left join uitnodiging u on u.gebruiker = g.id`;

/** Users that this authority manages: those that are not withdrawn first, by name. */
export async function leesGebruikers(
  verbinding: Verbinding,
  gezag: Gezag,
  {
    organisatie,
    ingetrokken = false,
  }: { readonly organisatie?: string | undefined; readonly ingetrokken?: boolean } = {},
): Promise<readonly Gebruikeroverzicht[]> {
  const van = gezag.soort === 'beheerder' ? (organisatie ?? null) : gezag.organisatie;
  const { rows } = await verbinding.query<Gebruikeroverzicht>(
    `${LEES} where ($1::text is null or g.organisatie = $1) and ($2 or g.ingetrokken_op is null)
     order by g.ingetrokken_op nulls first, g.organisatie nulls first, g.naam, g.id limit 1000`,
    [van, ingetrokken],
  );
  return rows;
}

/** @returns undefined when there is none, or it is not for this authority to know */
export async function leesEenGebruiker(
  verbinding: Verbinding,
  gezag: Gezag,
  id: string,
): Promise<Gebruikeroverzicht | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await verbinding.query<Gebruikeroverzicht>(`${LEES} where g.id = $1`, [id]);
  const rij = rows[0];
  return rij && magBeheren(gezag, rij.organisatie) ? rij : undefined;
}

/** The diensten that an organisation has now. @throws KnooppuntFout invoerOngeldig when there is no such organisation */
export async function dienstenVanOrganisatie(routering: Routering, code: string | null): Promise<readonly Dienst[]> {
  if (code === null) return [];
  const organisatie = (await routering.feiten()).organisaties.get(code);
  if (!organisatie) throw weiger('Deze organisatie is niet bekend.');
  return dienstenVan(organisatie, new Date());
}

async function eisRecht({ routering }: Beheeromgeving, gezag: Gezag, recht: Recht): Promise<void> {
  const bezwaar = bezwaarTegen(gezag, recht, await dienstenVanOrganisatie(routering, recht.organisatie));
  if (bezwaar !== undefined) throw weiger(bezwaar);
}

function eisNaam(naam: string): void {
  if (!NAAM.test(naam) || CIJFERS.test(naam)) throw weiger('Een naam heeft 2 tot 80 letters.');
}

async function zetDiensten(verbinding: Verbinding, id: string, diensten: readonly Dienst[]): Promise<void> {
  await verbinding.query('delete from gebruiker_dienst where gebruiker = $1', [id]);
  await verbinding.query('insert into gebruiker_dienst (gebruiker, dienst) select $1, unnest($2::text[])', [
    id,
    [...new Set(diensten)],
  ]);
}

const beeindigSessies = (verbinding: Verbinding, id: string): Promise<unknown> =>
  verbinding.query('delete from portaal_sessie where gebruiker = $1', [id]);

const notitie = (
  gebeurtenis: Notitie['gebeurtenis'],
  { id, organisatie }: { readonly id: string; readonly organisatie: string | null },
  details: Readonly<Record<string, string>> = {},
): Notitie => ({ gebeurtenis, namens: organisatie, resultaat: gebeurtenis, details: { gebruiker: id, ...details } });

const alsTekst = ({ rol, diensten }: Pick<Recht, 'rol' | 'diensten'>) => ({
  rol,
  diensten: [...diensten].sort().join(',') || '-',
});

/** Locks a user that is not withdrawn. @throws KnooppuntFout nietGevonden, for one of somebody else too */
async function eisGebruiker(verbinding: Verbinding, gezag: Gezag, id: string): Promise<Gebruikeroverzicht> {
  if (isUuid(id)) await verbinding.query('select from gebruiker where id = $1 for update', [id]);
  const rij = await leesEenGebruiker(verbinding, gezag, id);
  if (!rij || rij.stand === 'ingetrokken') throw new KnooppuntFout('nietGevonden');
  return rij;
}

/** As long as an organisation has users, one of them must be able to manage them. */
async function eisBlijvendeBeheerder(verbinding: Verbinding, wie: Gebruikeroverzicht): Promise<void> {
  if (wie.rol !== 'gebruikersbeheerder' || wie.stand !== 'actief') return;
  const { rows } = await verbinding.query<{ ander: boolean; collega: boolean }>(
    `select coalesce(bool_or(rol = 'gebruikersbeheerder' and gekoppeld_op is not null), false) as ander, count(*) > 0 as collega
     from gebruiker where organisatie = $1 and id <> $2 and ingetrokken_op is null`,
    [wie.organisatie, wie.id],
  );
  if (rows[0]?.collega && !rows[0].ander)
    throw weiger(
      'Dit is de laatste gebruikersbeheerder van de organisatie. Maak eerst een collega gebruikersbeheerder.',
    );
}

export interface Uitgenodigd {
  readonly id: string;
  /** To give to the colleague; it is nowhere else. */
  readonly code: string;
}

/** @throws KnooppuntFout invoerOngeldig */
export async function nodigUit(
  omgeving: Beheeromgeving,
  { gezag, ...opdracht }: Beheeropdracht,
  nieuw: NieuweGebruiker,
): Promise<Uitgenodigd> {
  const naam = nieuw.naam.trim();
  eisNaam(naam);
  await eisRecht(omgeving, gezag, nieuw);
  const { organisatie, rol, diensten, identificatie } = nieuw;
  if (identificatie !== undefined && gezag.soort !== 'beheerder')
    throw weiger('Alleen de beheerder van het knooppunt geeft een identificatie.');
  const id = randomUUID();
  return wijzig(omgeving.database, opdracht, async (verbinding) => {
    await verbinding.query('insert into gebruiker (id, naam, organisatie, rol) values ($1, $2, $3, $4)', [
      id,
      naam,
      organisatie,
      rol,
    ]);
    await zetDiensten(verbinding, id, diensten);
    const code = await maakUitnodiging(verbinding, id);
    const ook =
      identificatie === undefined ? [] : await voegIdentificatieToe(verbinding, { identificatie, organisatie });
    return {
      waarde: { id, code },
      notities: [notitie('gebruiker uitgenodigd', { id, organisatie }, alsTekst(nieuw)), ...ook],
    };
  });
}

/** A new code, for who lost the first, or has another means to log in with. The user stays; what it had no longer works once it is used. */
export function nodigOpnieuwUit(
  { database }: Pick<Beheeromgeving, 'database'>,
  { gezag, ...opdracht }: Beheeropdracht,
  id: string,
): Promise<string> {
  return wijzig(database, opdracht, async (verbinding) => {
    const wie = await eisGebruiker(verbinding, gezag, id);
    const code = await maakUitnodiging(verbinding, id);
    return { waarde: code, notities: [notitie('gebruiker uitgenodigd', wie, { wat: 'nieuwe code' })] };
  });
}

/** @throws KnooppuntFout nietGevonden or invoerOngeldig */
export async function wijzigGebruiker(
  omgeving: Beheeromgeving,
  { gezag, ...opdracht }: Beheeropdracht,
  id: string,
  nieuw: Pick<NieuweGebruiker, 'naam' | 'rol' | 'diensten'>,
): Promise<void> {
  const naam = nieuw.naam.trim();
  eisNaam(naam);
  const eerst = await leesEenGebruiker(omgeving.database.pool, gezag, id);
  if (!eerst) throw new KnooppuntFout('nietGevonden');
  // The organisation of a user never changes.
  await eisRecht(omgeving, gezag, { ...nieuw, organisatie: eerst.organisatie });
  return wijzig(omgeving.database, opdracht, async (verbinding) => {
    const wie = await eisGebruiker(verbinding, gezag, id);
    const anders = verschil(alsTekst(wie), alsTekst(nieuw));
    const details = { ...anders, ...(wie.naam !== naam && { naam: 'gewijzigd' }) };
    if (Object.keys(details).length === 0) return { waarde: undefined, notities: [] };
    if (nieuw.rol !== wie.rol) await eisBlijvendeBeheerder(verbinding, wie);
    await verbinding.query('update gebruiker set naam = $2, rol = $3 where id = $1', [id, naam, nieuw.rol]);
    await zetDiensten(verbinding, id, nieuw.diensten);
    await beeindigSessies(verbinding, id);
    return { waarde: undefined, notities: [notitie('gebruiker gewijzigd', wie, details)] };
  });
}

/** Withdraws a user: it is out at once, and its code is worth nothing. @throws KnooppuntFout nietGevonden or invoerOngeldig */
export function trekGebruikerIn(
  { database }: Pick<Beheeromgeving, 'database'>,
  { gezag, ...opdracht }: Beheeropdracht,
  id: string,
): Promise<void> {
  return wijzig(database, opdracht, async (verbinding) => {
    const wie = await eisGebruiker(verbinding, gezag, id);
    await eisBlijvendeBeheerder(verbinding, wie);
    await verbinding.query('update gebruiker set ingetrokken_op = now() where id = $1', [id]);
    await verbinding.query('delete from uitnodiging where gebruiker = $1', [id]);
    await beeindigSessies(verbinding, id);
    return { waarde: undefined, notities: [notitie('gebruiker ingetrokken', wie)] };
  });
}
