/** Every rule of the norm in one table: what is checked, and what is kept elsewhere and why. The docs, the CLI and the tests read it. */
import type { Controleniveau } from './bevinding.ts';
import { BERICHTSOORTEN, DOMEINEN, type Domein } from './catalogus.ts';
import { ELDERS } from './elders.ts';
import type { Eldersregel, Plaats } from './elders-rij.ts';
import type { Regel, Regelsoort } from './regels.ts';
import { REGELS } from './regelset.ts';

export type Regelstatus = 'gecontroleerd' | 'xsd' | 'niet gecontroleerd';

/** One code of the norm. What `regels --json` prints; a contract that outsiders rely on. */
export interface RegelRij {
  readonly code: string;
  readonly soort: Regelsoort;
  readonly niveau: Controleniveau;
  /** null: a retour never carries one, because the XSD refuses first or the norm gives none. */
  readonly retourcode: string | null;
  readonly status: Regelstatus;
  /** Why it is not among the checks; null when it is. */
  readonly reden: string | null;
  readonly domeinen: readonly Domein[];
  /** WMO301, JW301, ... */
  readonly berichten: readonly string[];
  readonly klassen: readonly string[];
  /** 301 ToegewezenProduct Einddatum; without an element when it is about the class itself. */
  readonly elementen: readonly string[];
  readonly tekst: string;
  /** What is only a waarschuwing, and why; null when nothing is. */
  readonly twijfel: string | null;
}

/** A rule of either list, or the part of it that one standard has. */
type Deel = Pick<RegelRij, 'code' | 'soort' | 'niveau' | 'retourcode' | 'status' | 'reden' | 'tekst' | 'twijfel'> & {
  readonly plaatsen: readonly Plaats[];
};

const vanRegel = ({ toepassingen, twijfel, code, soort, niveau, retourcode, tekst }: Regel): Deel => ({
  code,
  soort,
  niveau,
  retourcode,
  tekst,
  status: 'gecontroleerd',
  reden: null,
  twijfel: twijfel ?? null,
  plaatsen: toepassingen,
});
const vanElders = ({ waar, ...regel }: Eldersregel): Deel => ({
  ...regel,
  status: waar === 'xsd' ? 'xsd' : 'niet gecontroleerd',
  twijfel: null,
});

const NAMEN: Readonly<Record<Domein, string>> = { iwmo: 'iWmo', ijw: 'iJw' };
const SOORTEN: readonly Regelsoort[] = ['TR', 'CD', 'CS', 'RS', 'COD'];
/** By number, and iWmo before iJw. */
const BERICHTEN = BERICHTSOORTEN.toSorted((a, b) => a.nummer.localeCompare(b.nummer));

const domeinenVan = ({ domein }: Plaats): readonly Domein[] => (domein ? [domein] : DOMEINEN);
const uniek = <T>(waarden: readonly T[]): readonly T[] => [...new Set(waarden)];

/** The texts of rules with one code: one when they agree, else each with the standard it is for. */
function samen(delen: readonly Deel[], lees: (deel: Deel) => string | null): string | null {
  const teksten = Map.groupBy(delen, lees);
  teksten.delete(null);
  if (teksten.size === 1 && delen.every((deel) => lees(deel) !== null)) return [...teksten.keys()].join();
  const regels = [...teksten].map(([tekst, van]) => {
    const domeinen = uniek(van.flatMap(({ plaatsen }) => plaatsen.flatMap(domeinenVan)));
    return domeinen.length === 1 && domeinen[0] ? `${NAMEN[domeinen[0]]}: ${tekst}` : tekst;
  });
  return regels.length > 0 ? regels.join(' ') : null;
}

function rij(eerste: Deel, delen: readonly Deel[]): RegelRij {
  const { code, soort, niveau, retourcode, status, reden } = eerste;
  const plaatsen = delen.flatMap((deel) => deel.plaatsen);
  const codes = new Set(
    plaatsen.flatMap((plek) => domeinenVan(plek).flatMap((domein) => plek.berichten.map((nr) => `${domein} ${nr}`))),
  );
  const berichten = BERICHTEN.filter(({ domein, nummer }) => codes.has(`${domein} ${nummer}`));
  const elementen = berichten.flatMap(({ nummer }) =>
    plaatsen
      .filter((plek) => (plek.berichten as readonly string[]).includes(nummer))
      .map(({ klasse, element }) => `${nummer} ${klasse} ${element}`.trimEnd()),
  );
  return {
    code,
    soort,
    niveau,
    retourcode,
    status,
    reden,
    domeinen: DOMEINEN.filter((domein) => berichten.some((bericht) => bericht.domein === domein)),
    berichten: berichten.map((bericht) => bericht.code),
    klassen: uniek(plaatsen.map(({ klasse }) => klasse)),
    elementen: uniek(elementen),
    tekst: samen(delen, ({ tekst }) => tekst) ?? '',
    twijfel: samen(delen, ({ twijfel }) => twijfel),
  };
}

/** A rule that is checked somewhere above the norm, with what the table says of it. */
export interface Tabelregel extends Omit<Regel, 'retourcode' | 'melding' | 'toepassingen'> {
  /** null: the norm gives none, because its message has no answer. */
  readonly retourcode: string | null;
  readonly plaatsen: readonly Plaats[];
}
const vanTabelregel = ({ twijfel, ...regel }: Tabelregel): Deel => ({
  ...regel,
  status: 'gecontroleerd',
  reden: null,
  twijfel: twijfel ?? null,
});

/**
 * @param verder the rules across messages
 * @returns a row per code of the norm, sorted by kind and code
 */
export function regeloverzicht(verder: readonly Tabelregel[]): readonly RegelRij[] {
  const delen = [...REGELS.map(vanRegel), ...verder.map(vanTabelregel), ...ELDERS.map(vanElders)];
  const perCode = new Map(delen.map((deel) => [deel.code, deel]));
  return [...perCode.values()]
    .map((deel) =>
      rij(
        deel,
        delen.filter(({ code }) => code === deel.code),
      ),
    )
    .sort((a, b) => SOORTEN.indexOf(a.soort) - SOORTEN.indexOf(b.soort) || a.code.localeCompare(b.code));
}
