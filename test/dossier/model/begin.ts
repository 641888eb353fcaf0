/**
 * What the receiver of a lane can know. Three days say it all: since when it sees everything, whether it was told what ran then, and until
 * when it did not look. Source: OP095, OP087.
 */
import { laatsteVan } from './kalender.ts';

export interface Begin {
  readonly volledigVanaf: string | null;
  readonly lopendeIngevoerd: boolean;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
  readonly opgeruimdTot?: string | null;
}

const eenJaarLater = (dag: string): string => `${Number(dag.slice(0, 4)) + 1}${dag.slice(4)}`;
export const eenJaarEerder = (dag: string): string => `${Number(dag.slice(0, 4)) - 1}${dag.slice(4)}`;

/** Would a thing of this day be known? */
export function kent({ volledigVanaf, lopendeIngevoerd, eersteDagtekening, blindTot }: Begin, dag: string): boolean {
  if (volledigVanaf === null || blindTot !== null) return false;
  const jaarStil = eersteDagtekening !== null && eersteDagtekening >= eenJaarLater(volledigVanaf);
  return (lopendeIngevoerd || jaarStil) && dag >= volledigVanaf;
}

/** Did every message of this day and later pass here? */
export const zag = ({ volledigVanaf, blindTot }: Begin, dag: string): boolean =>
  volledigVanaf !== null && dag >= volledigVanaf && (blindTot === null || dag > blindTot);

/** A version of a toewijzing, by the days that it shows. */
export interface Versie {
  readonly ingevoerd: boolean;
  readonly dagtekening: string;
  readonly toewijzingsdatum: string;
}

/** Was there certainly no later version that nobody saw? */
export function isActueel(gekend: Begin, versie: Versie): boolean {
  const { volledigVanaf, lopendeIngevoerd, eersteDagtekening, blindTot } = gekend;
  if (versie.ingevoerd && lopendeIngevoerd && blindTot === null) return true;
  const dag = laatsteVan(versie.dagtekening, versie.toewijzingsdatum);
  const begin = volledigVanaf ?? eersteDagtekening;
  return begin !== null && dag >= begin && (blindTot === null || dag > blindTot);
}
