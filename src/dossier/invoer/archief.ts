/** A ZIP of earlier messages: what each file is, found by its header, without keeping any of them. */
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { inhoudVan, leesZip, type Zipbestand } from '../../aanlevering/zip.ts';
import type { Zipbron } from '../../aanlevering/zip-bron.ts';
import { KnooppuntFout } from '../../fouten.ts';
import { type Adres, bepaalAdres } from '../../routering/adres.ts';
import { isTestBsn } from '../../standards/bsn.ts';
import { type Aard, type Berichtsoort, berichtsoortVanCode } from '../../standards/catalogus.ts';
import { leesVoorblad } from '../../xml/voorblad.ts';
import type { Zoekvraag } from './baan.ts';
import type { Invoeropdracht, Invoerplaats, Telling } from './types.ts';

/** One message in the archive. */
export interface Stuk {
  readonly bestand: Zipbestand;
  readonly soort: Berichtsoort;
  readonly gemeente: string;
  readonly aanbieder: string;
  /** Day of the message itself: of a retour, when it was given. */
  readonly dagtekening: string;
  /** What it is known by; null: a retour. */
  readonly eigen: Zoekvraag | null;
  /** What the message is known by that it answers. */
  readonly heen: Zoekvraag | null;
}

/** Years of messages, and yet an end. */
const MAX_BESTANDEN = 250_000;
const MAX_TOTAAL_BERICHTEN = 400;

/** Where a header names the message that is answered, as at intake. */
const VERWIJZING: Readonly<Record<Aard, string | null>> = {
  heen: null,
  retour: 'BerichtIdentificatie',
  antwoord: 'DeclaratieIdentificatie',
};

/** Why a message does not belong to this import; undefined: it does. */
function bezwaar({ soort, gemeente, aanbieder }: Adres, { organisatie, domein }: Invoeropdracht): string | undefined {
  if (soort.domein !== domein) return 'Het bericht is van het andere domein.';
  if (gemeente !== organisatie && aanbieder !== organisatie)
    return 'De organisatie is geen afzender of ontvanger van dit bericht.';
  return undefined;
}

async function leesStuk(bestand: Zipbestand, opdracht: Invoeropdracht, alleenTestBsn: boolean): Promise<Stuk | string> {
  const voorblad = leesVoorblad(await inhoudVan(bestand));
  const adres = bepaalAdres(voorblad);
  const tegen = bezwaar(adres, opdracht);
  if (tegen !== undefined) return tegen;
  if (alleenTestBsn && [...voorblad.bsns].some((bsn) => !isTestBsn(bsn)))
    return new KnooppuntFout('persoonsgegevensNietToegestaan').message;
  const { soort, gemeente, aanbieder } = adres;
  const { header } = voorblad;
  const veld = (naam: string): string => header[naam]?.trim() ?? '';
  const vraag = (nummer: string, element: string): Zoekvraag => ({
    nummer,
    identificatie: header[`${element}/Identificatie`] ?? '',
  });
  const verwijzing = VERWIJZING[soort.aard];
  const heenSoort = soort.antwoordOp === null ? undefined : berichtsoortVanCode(soort.antwoordOp);
  return {
    bestand,
    soort,
    gemeente,
    aanbieder,
    dagtekening: veld(soort.aard === 'retour' ? 'Header/DagtekeningRetour' : 'BerichtIdentificatie/Dagtekening'),
    eigen: soort.aard === 'retour' ? null : vraag(soort.nummer, 'BerichtIdentificatie'),
    heen: verwijzing && heenSoort ? vraag(heenSoort.nummer, verwijzing) : null,
  };
}

/**
 * Looks through an archive.
 * @returns its messages, in order of their day and then of the archive; what is none is counted as refused
 * @throws KnooppuntFout when the archive is refused as a whole
 */
export async function leesArchief(
  bron: Zipbron,
  plaats: Pick<Invoerplaats, 'maxBerichtBytes' | 'alleenTestBsn'>,
  opdracht: Invoeropdracht,
  telling: Telling,
): Promise<readonly Stuk[]> {
  const { maxBerichtBytes, alleenTestBsn } = plaats;
  const bestanden = await leesZip(bron, {
    maxBestanden: MAX_BESTANDEN,
    maxBestandBytes: maxBerichtBytes,
    maxTotaalBytes: MAX_TOTAAL_BERICHTEN * maxBerichtBytes,
  });
  const stukken: Stuk[] = [];
  for (const bestand of bestanden) {
    try {
      const stuk = await leesStuk(bestand, opdracht, alleenTestBsn);
      if (typeof stuk === 'string') telling.weiger(stuk, bestand);
      else stukken.push(stuk);
    } catch (fout) {
      if (!(fout instanceof KnooppuntFout)) throw fout;
      telling.weiger(fout.message, bestand);
    }
    await anderenEerst();
  }
  return stukken.sort((a, b) => (a.dagtekening < b.dagtekening ? -1 : a.dagtekening > b.dagtekening ? 1 : 0));
}
