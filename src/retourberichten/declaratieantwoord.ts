/** The content of a declaratie-antwoord (IV087): a message of its own, which may grant a declaratie in part. */
import { stap } from '../standards/toetsing.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { type Kenmerken, xsdVersie } from './kenmerken.ts';
import { type Codes, GEEN_OPMERKINGEN, NIET_BEOORDEELD, retourCodes, TOEGEKEND, type Uitslag } from './retourcodes.ts';

const DECLARATIE = '/Bericht/Declaratie';

/** The gemeente is the sender, and the identification is the answer's; the declaratie that is answered has elements of its own. */
function kop(heen: Inhoud, kenmerken: Kenmerken, codes: Iterable<string>, xsltVersie?: string): Inhoud {
  return {
    ...heen,
    BerichtCode: kenmerken.soort.berichtcode,
    Afzender: heen.Ontvanger,
    Ontvanger: heen.Afzender,
    BerichtIdentificatie: { Identificatie: kenmerken.identificatie, Dagtekening: kenmerken.dagtekening },
    XsdVersie: xsdVersie(kenmerken),
    DeclaratieIdentificatie: heen.BerichtIdentificatie,
    XsltVersie: xsltVersie,
    XsdVersieDeclaratie: heen.XsdVersie,
    RetourCodes: retourCodes(codes),
  };
}

/**
 * An amount in eurocents with its sign: debet counts up, credit down. A total has at most 12 digits and a Prestatie 8, so no sum
 * over a message comes near what a number holds exactly.
 */
function getekend(bedrag: Inhoud, element: 'Bedrag' | 'TotaalBedrag'): number {
  const waarde = Number(bedrag[element]);
  return bedrag.DebetCredit === 'C' ? -waarde : waarde;
}

/** Nothing is debet (CS325). */
const alsTotaal = (waarde: number): Inhoud => ({
  TotaalBedrag: String(Math.abs(waarde)),
  DebetCredit: waarde < 0 ? 'C' : 'D',
});

/** The prestaties of a client that are sent back: those with a code, or when the client has one itself, all of them unjudged. */
function afgewezenPrestaties(client: Inhoud, pad: string, codes: Codes): readonly Inhoud[] {
  const prestaties = (client.Prestaties as Inhoud).Prestatie as readonly Inhoud[];
  return prestaties.flatMap((prestatie, nr) => {
    const eigen = codes.has(pad)
      ? [NIET_BEOORDEELD]
      : codes.get(`${pad}/Prestaties/${stap('Prestatie', nr, prestaties)}`);
    return eigen ? [{ ...prestatie, RetourCodes: retourCodes(eigen) }] : [];
  });
}

interface Afgewezen {
  readonly clienten: readonly Inhoud[];
  /** What their prestaties add up to. */
  readonly bedrag: number;
}

function afgewezen(declaratie: Inhoud, codes: Codes): Afgewezen {
  const alle = (declaratie.Clienten as Inhoud).Client as readonly Inhoud[];
  const clienten: Inhoud[] = [];
  let bedrag = 0;
  // forEach passes over holes: clients of which nothing was found.
  alle.forEach((client, nr) => {
    const pad = `${DECLARATIE}/Clienten/${stap('Client', nr, alle)}`;
    const prestaties = afgewezenPrestaties(client, pad, codes);
    if (prestaties.length === 0) return;
    for (const { IngediendBedrag } of prestaties) bedrag += getekend(IngediendBedrag as Inhoud, 'Bedrag');
    const eigen = codes.get(pad) ?? [GEEN_OPMERKINGEN];
    clienten.push({ ...client, Prestaties: { Prestatie: prestaties }, RetourCodes: retourCodes(eigen) });
  });
  return { clienten, bedrag };
}

/** What is granted is what was submitted without what is sent back (TR342). */
function antwoord(declaratie: Inhoud, uitslag: Exclude<Uitslag, { vorm: 'kop' }>): Inhoud {
  const { DeclaratieNummer, TotaalIngediendBedrag } = declaratie;
  const vul = (toegekend: Inhoud, codes: Iterable<string>, Clienten?: Inhoud): Inhoud => ({
    DeclaratieNummer,
    TotaalIngediendBedrag,
    TotaalToegekendBedrag: toegekend,
    Clienten,
    RetourCodes: retourCodes(codes),
  });
  const ingediend = TotaalIngediendBedrag as Inhoud;
  if (uitslag.vorm === 'goedgekeurd') return vul(ingediend, [TOEGEKEND]);
  const eigen = uitslag.codes.get(DECLARATIE);
  if (eigen) return vul(alsTotaal(0), eigen);
  const { clienten, bedrag } = afgewezen(declaratie, uitslag.codes);
  return vul(alsTotaal(getekend(ingediend, 'TotaalBedrag') - bedrag), [GEEN_OPMERKINGEN], { Client: clienten });
}

/**
 * @param heen content of the declaratie; clients without finding may be holes in the list
 * @returns content of its declaratie-antwoord
 */
export function declaratieAntwoord(heen: Inhoud, uitslag: Uitslag, kenmerken: Kenmerken): Inhoud {
  const header = heen.Header as Inhoud;
  if (uitslag.vorm === 'kop') return { Header: kop(header, kenmerken, uitslag.codes, uitslag.xsltVersie) };
  return {
    Header: kop(header, kenmerken, [GEEN_OPMERKINGEN]),
    DeclaratieAntwoord: antwoord(heen.Declaratie as Inhoud, uitslag),
  };
}
