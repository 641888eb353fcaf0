/** What an organisation brought along so far: its imports, and the tariffs that hold. For who looks at them; judging reads elsewhere. */
import type { Verbinding } from '../../opslag/database.ts';
import type { Domein } from '../../standards/catalogus.ts';

export interface Invoering {
  readonly id: number;
  readonly domein: Domein;
  readonly peildatum: string;
  readonly volledig: boolean;
  /** Taken from a ZIP of messages. */
  readonly berichten: number;
  /** Taken from a CSV. */
  readonly regels: number;
  readonly geweigerd: number;
  readonly ingevoerdOp: Date;
}

/** @returns the imports of an organisation, newest first */
export async function leesInvoeringen(
  verbinding: Verbinding,
  organisatie: string,
  aantal: number,
): Promise<readonly Invoering[]> {
  const { rows } = await verbinding.query<Invoering>(
    `select id, domein, peildatum, volledig, berichten, regels, geweigerd, ingevoerd_op as "ingevoerdOp"
     from dossier_invoer where organisatie = $1 order by id desc limit $2`,
    [organisatie, aantal],
  );
  return rows;
}

export interface Tariefregel {
  readonly productcode: string;
  readonly eenheid: string;
  /** Eurocents. */
  readonly tarief: number;
  /** null: agreed with everybody. */
  readonly aanbieder: string | null;
  readonly vanaf: string;
  readonly tot: string | null;
}

export interface Tarieflijst {
  readonly aantal: number;
  /** The first of them. */
  readonly regels: readonly Tariefregel[];
}

/** The tariff list of a gemeente as it is now. */
export async function leesTarieflijst(
  verbinding: Verbinding,
  gemeente: string,
  domein: Domein,
  hoogstens: number,
): Promise<Tarieflijst> {
  const { rows } = await verbinding.query<Tariefregel & { readonly aantal: number }>(
    `select productcode, eenheid, tarief, aanbieder, vanaf, tot, count(*) over ()::int as aantal from tarief
     where gemeente = $1 and domein = $2 order by productcode, eenheid, aanbieder nulls first, vanaf limit $3`,
    [gemeente, domein, hoogstens],
  );
  return { aantal: rows[0]?.aantal ?? 0, regels: rows.map(({ aantal: _, ...regel }) => regel) };
}
