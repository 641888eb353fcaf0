/**
 * Keeps the books of pairs: which answers are due, and which request a decision belongs to. Called by the turn for every message that went on,
 * in its transaction, after the verdicts: so a message and what is expected of it are there together or not at all.
 */
import { createHmac } from 'node:crypto';
import type { Verbinding } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { keurtAf } from '../standards/afkeuring.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { ALLE_TERMIJNEN, opPlaats, plaatsVan } from './openstaand.ts';
import { type Rol, rolVan, verzoekreferenties } from './referenties.ts';
import { beginnendeTermijnen } from './termijnen.ts';
import { type Besluit, herzieVerzoeken } from './verzoekparen.ts';

/** A message that got the outcome verwerkt in this turn. */
export interface Doorgegeven {
  readonly id: string;
  /** null: a Fo01 of the receiver, which says that it could not read the heenbericht. */
  readonly soort: Berichtsoort | null;
  /** Needed when leestInhoud says so; undefined: it was not read, so it has no references and rejects nothing. */
  readonly inhoud: Inhoud | undefined;
  /** The switch gave its retour or 325 itself, in this turn. */
  readonly beantwoord: boolean;
}

/**
 * $1, $2: messages and the terms that begin. $3, $4, $5: messages, HMACs of references, their rol. $6, $7: answers, and whether the
 * heenbericht counts as not sent from now on.
 * Gives the places in their lane of the decisions that came or were undone, and of the requests that were: what came after one of those is
 * about the request before it that has the same reference.
 */
const BOEK = {
  name: 'verloop-boek',
  text: `
with begin as (
  insert into openstaand (baan_id, van_gemeente, sinds, baan_nummer, termijn, bericht_id, berichtsoort)
  select ${plaatsVan('b')}, n.termijn, b.id, b.berichtsoort
  from unnest($1::uuid[], $2::text[]) as n(id, termijn) join bericht b on b.id = n.id join baan on baan.id = b.baan_id
  on conflict do nothing
), erbij as (
  insert into verzoekreferentie (baan_id, referentie, baan_nummer, bericht_id, rol)
  select b.baan_id, n.referentie, b.baan_nummer, b.id, n.rol
  from unnest($3::uuid[], $4::bytea[], $5::text[]) as n(id, referentie, rol) join bericht b on b.id = n.id
  on conflict do nothing
  returning baan_id, referentie, baan_nummer, rol
), heen as (
  select h.id, ${plaatsVan('h')}, n.vervallen from unnest($6::uuid[], $7::boolean[]) as n(id, vervallen)
  join bericht a on a.id = n.id join bericht h on h.id = a.heenbericht_id join baan on baan.id = h.baan_id
), eind as (
  delete from openstaand where ctid = any (array(
    select o.rij from heen cross join ${opPlaats('heen', `case when heen.vervallen then ${ALLE_TERMIJNEN} else array['retour', 'declaratie'] end`)}
  ))
), eraf as (
  delete from verzoekreferentie where bericht_id = any (array(select id from heen where vervallen))
  returning baan_id, referentie, baan_nummer, rol
)
select baan_id as "baanId", referentie, baan_nummer::float8 as "baanNummer"
from (select * from erbij where rol <> 'verzoek' union all select * from eraf) anders`,
};

/** The form in which a reference is stored: equal to that of an equal reference, and of nothing else that is hashed with this key. */
const gemaskeerd = (sleutels: Sleutels, referentie: string): Buffer =>
  createHmac('sha256', sleutels.hmac).update(`ReferentieAanbieder\n${referentie}`).digest();

interface Regel {
  readonly id: string;
  readonly termijnen: readonly string[];
  readonly referenties: readonly string[];
  readonly rol: Rol | undefined;
  readonly antwoord: boolean;
  readonly vervallen: boolean;
}

function regelVan({ id, soort, inhoud, beantwoord }: Doorgegeven): Regel {
  if (!soort) return { id, termijnen: [], referenties: [], rol: undefined, antwoord: true, vervallen: true };
  const referenties = inhoud ? verzoekreferenties(soort, inhoud) : [];
  const rol = inhoud && rolVan(soort, inhoud);
  return {
    id,
    termijnen: beginnendeTermijnen(soort, beantwoord, rol === 'verzoek' && referenties.length > 0),
    referenties,
    rol,
    antwoord: soort.antwoordOp !== null,
    vervallen: inhoud !== undefined && keurtAf(soort, inhoud),
  };
}

/**
 * Notes what messages that went on mean for what is due. A message that was refused has no place here: it counts as not sent.
 * @param verbinding the transaction in which their verdicts were written, after that
 */
export async function boekVerloop(
  verbinding: Verbinding,
  sleutels: Sleutels,
  berichten: readonly Doorgegeven[],
): Promise<void> {
  const regels = berichten.map(regelVan);
  const termijnen = regels.flatMap(({ id, termijnen }) => termijnen.map((termijn) => ({ id, termijn })));
  const referenties = regels.flatMap(({ id, referenties, rol }) => referenties.map((tekst) => ({ id, tekst, rol })));
  const antwoorden = regels.filter(({ antwoord }) => antwoord);
  if (termijnen.length + referenties.length + antwoorden.length === 0) return;
  const { rows } = await verbinding.query<Besluit>({
    ...BOEK,
    values: [
      termijnen.map(({ id }) => id),
      termijnen.map(({ termijn }) => termijn),
      referenties.map(({ id }) => id),
      referenties.map(({ tekst }) => gemaskeerd(sleutels, tekst)),
      referenties.map(({ rol }) => rol),
      antwoorden.map(({ id }) => id),
      antwoorden.map(({ vervallen }) => vervallen),
    ],
  });
  if (rows.length === 0) return;
  await herzieVerzoeken(verbinding, rows);
}
