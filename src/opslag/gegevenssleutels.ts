/** The rows of the data keys: reading them, making one, putting one under another master key, removing one. */
import { randomBytes } from 'node:crypto';
import type { Verbinding } from './database.ts';
import type { Kluis } from './kluis.ts';
import { nieuweSleutel } from './sleutels.ts';

/** What a data key encrypts: the payloads of a period, or what outlives a message. */
export const DOELEN = ['inhoud', 'vast'] as const;
export type Doel = (typeof DOELEN)[number];

/** Making and rotating keys, one process at a time. */
export const SLEUTEL_SLOT = 4_203_001;

export interface Gegevenssleutel {
  readonly id: string;
  readonly doel: Doel;
  /** null: removed. */
  readonly hoofdId: string | null;
  readonly gewikkeld: Buffer | null;
  readonly actiefVanaf: Date;
}

/** All of them, removed ones too, in the order in which they took over from each other. */
export async function leesGegevenssleutels(verbinding: Verbinding): Promise<readonly Gegevenssleutel[]> {
  const { rows } = await verbinding.query<Gegevenssleutel>({
    name: 'gegevenssleutels',
    text: `select id, doel, hoofd_id as "hoofdId", gewikkeld, actief_vanaf as "actiefVanaf" from gegevenssleutel order by actief_vanaf, id`,
  });
  return rows;
}

/** The key that encrypts at a moment. */
export const actieveSleutel = (
  sleutels: readonly Gegevenssleutel[],
  doel: Doel,
  nu: Date,
): Gegevenssleutel | undefined =>
  sleutels.findLast((rij) => rij.doel === doel && rij.gewikkeld !== null && rij.actiefVanaf <= nu);

/**
 * Makes a data key.
 * @param actiefVanaf far enough from now that every process knows it before one uses it (see WACHT_MS), unless nobody runs yet
 * @returns its id
 */
export async function maakGegevenssleutel(
  verbinding: Verbinding,
  kluis: Kluis,
  doel: Doel,
  actiefVanaf: Date,
): Promise<string> {
  const id = `${doel}-${actiefVanaf.toISOString().slice(0, 7)}-${randomBytes(4).toString('hex')}`;
  const { hoofdId, bytes } = await kluis.wikkel(id, nieuweSleutel());
  await verbinding.query(
    'insert into gegevenssleutel (id, doel, hoofd_id, gewikkeld, actief_vanaf) values ($1, $2, $3, $4, $5)',
    [id, doel, hoofdId, bytes, actiefVanaf],
  );
  return id;
}

/** Puts a data key under the master key that is active now. @returns whether it was under another one */
export async function herwikkel(
  verbinding: Verbinding,
  kluis: Kluis,
  { id, hoofdId, gewikkeld }: Gegevenssleutel,
): Promise<boolean> {
  if (gewikkeld === null || hoofdId === null || hoofdId === (await kluis.actief())) return false;
  const nieuw = await kluis.wikkel(id, await kluis.ontwikkel(id, { hoofdId, bytes: gewikkeld }));
  await verbinding.query('update gegevenssleutel set hoofd_id = $2, gewikkeld = $3 where id = $1', [
    id,
    nieuw.hoofdId,
    nieuw.bytes,
  ]);
  return true;
}

/** Removes a data key for good. What it encrypted cannot be read from then on. */
export async function wisGegevenssleutel(verbinding: Verbinding, id: string): Promise<void> {
  await verbinding.query(
    'update gegevenssleutel set hoofd_id = null, gewikkeld = null, verwijderd_op = now() where id = $1 and verwijderd_op is null',
    [id],
  );
}
