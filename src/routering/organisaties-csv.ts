/**
 * Organisations as CSV: code,naam,geldigVanaf,geldigTot,opvolger,iwmo,ijw. An import adds and changes what is in the file and leaves the rest
 * alone; a file with one fault changes nothing. What `organisaties lijst --csv` writes can be read again.
 */
import { z } from 'zod';
import type { Database } from '../opslag/database.ts';
import { type Csvfout, type Csvregel, datum, type Gelezen, leesCsv } from '../standards/codelijsten/csv.ts';
import { dag as bestaandeDag } from '../standards/dag.ts';
import { type Dagen, deelnameTekst, type Kaart, legeKaart, OPEN, ORGANISATIECODE, soortVanCode } from './kaart.ts';
import { type Bewaard, bewaarKaarten, KaartenOnjuist } from './kaartenbak.ts';
import type { Opdrachtgever } from './wijziging.ts';

const MAX_NAAM = 200;
const dag = z.union([z.literal(OPEN), bestaandeDag()]);

/** ja, nee, or from day to day: 2026-01-01/2026-12-31, with two dots for an end that is open. */
const deelname = z.string().transform((tekst, context): Dagen | null => {
  if (tekst === 'nee') return null;
  if (tekst === 'ja') return { vanaf: null, tot: null };
  const [vanaf, tot, ...meer] = tekst.split('/').map((deel) => dag.safeParse(deel).data);
  if (vanaf !== undefined && tot !== undefined && meer.length === 0)
    return { vanaf: vanaf === OPEN ? null : vanaf, tot: tot === OPEN ? null : tot };
  context.addIssue('moet ja of nee zijn, of een periode als 2026-01-01/2026-12-31 of 2026-01-01/..');
  return z.NEVER;
});

const KOLOMMEN = z.object({
  code: z
    .string()
    .regex(ORGANISATIECODE, 'moet een gemeentecode (4 cijfers), een AGB-code (8 cijfers) of een ketenpartij zijn'),
  naam: z.string().min(1, 'moet gevuld zijn').max(MAX_NAAM, `mag niet langer zijn dan ${MAX_NAAM} tekens`),
  geldigVanaf: datum,
  geldigTot: datum,
  opvolger: z.string().transform((code) => code || null),
  iwmo: deelname,
  ijw: deelname,
});
type Rij = z.output<typeof KOLOMMEN>;
type Regels = readonly Csvregel<Rij>[];

/** Which of two lines about one organisation is right would be a guess. */
function dubbele(regels: Regels): readonly Csvfout[] {
  const eerder = new Map<string, number>();
  return regels.flatMap(({ regel, waarde: { code } }) => {
    const vorige = eerder.get(code);
    if (vorige !== undefined) return [{ regel, melding: `code staat ook op regel ${vorige}.` }];
    eerder.set(code, regel);
    return [];
  });
}

/** The card of a line; what a line does not say stays as it is. */
function kaartVan({ code, naam, geldigVanaf, geldigTot, opvolger, iwmo, ijw }: Rij, oud: Kaart | undefined): Kaart {
  const soort = soortVanCode(code);
  if (!soort) throw new Error('a code without a soort came through the check of the columns');
  return {
    ...(oud ?? legeKaart(code, soort, naam)),
    naam,
    geldigVanaf: geldigVanaf ?? null,
    geldigTot: geldigTot ?? null,
    opvolger,
    deelname: { iwmo, ijw },
  };
}

/**
 * Adds and changes organisations, all or none.
 * @param tekst the file, decoded
 * @returns how many, or every fault with its line
 */
export async function importeerOrganisaties(
  database: Database,
  opdracht: Opdrachtgever,
  tekst: string,
): Promise<Gelezen<Bewaard>> {
  const { lijst: regels, fouten } = leesCsv(tekst, KOLOMMEN);
  if (fouten) return { fouten };
  const dubbel = dubbele(regels);
  if (dubbel.length > 0) return { fouten: dubbel };
  try {
    const lijst = await bewaarKaarten(database, opdracht, (bestaand) =>
      regels.map(({ waarde }) => kaartVan(waarde, bestaand.get(waarde.code))),
    );
    return { lijst };
  } catch (fout) {
    if (!(fout instanceof KaartenOnjuist)) throw fout;
    const regelVan = new Map(regels.map(({ regel, waarde }) => [waarde.code, regel]));
    return {
      fouten: fout.fouten
        .map(({ code, veld, melding }) => ({ regel: regelVan.get(code) ?? 0, melding: `${veld} ${melding}.` }))
        .sort((a, b) => a.regel - b.regel),
    };
  }
}

const cel = (tekst: string): string => (/[",;\r\n]/.test(tekst) ? `"${tekst.replaceAll('"', '""')}"` : tekst);

/** The cards as a file that can be imported. */
export function schrijfOrganisaties(kaarten: readonly Kaart[]): string {
  const rijen = kaarten.map(({ code, naam, geldigVanaf, geldigTot, opvolger, deelname: { iwmo, ijw } }) =>
    [code, naam, geldigVanaf ?? '', geldigTot ?? '', opvolger ?? '', deelnameTekst(iwmo), deelnameTekst(ijw)]
      .map(cel)
      .join(','),
  );
  return `${[Object.keys(KOLOMMEN.shape).join(','), ...rijen].join('\n')}\n`;
}
