/**
 * `npm run genereer`: writes docs/regels.md, the page with every rule of the norm, from the same table as `knooppunt regels`.
 * A test fails when the page is stale.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alleRegels } from '#src/regeltabel.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import type { RegelRij, Regelstatus } from '#src/standards/overzicht.ts';

export const PAGINA = join(import.meta.dirname, '../docs/regels.md');

interface Groep {
  readonly kop: string;
  readonly uitleg: string;
  readonly hoort: (rij: RegelRij) => boolean;
}

const GROEPEN: readonly Groep[] = [
  {
    kop: 'Technische regels binnen een bericht (niveau 2)',
    uitleg: 'Wat aan het bericht zelf te zien is. Een fout keurt het hele bericht af met retourcode 0001 in de header.',
    hoort: ({ soort, niveau }) => soort === 'TR' && niveau === 2,
  },
  {
    kop: 'Condities (niveau 2)',
    uitleg:
      'Wanneer een element gevuld moet zijn, en wanneer leeg. Een fout keurt het hele bericht af met retourcode 0001.',
    hoort: ({ soort, niveau }) => soort === 'CD' && niveau === 2,
  },
  {
    kop: 'Constraints (niveau 2)',
    uitleg: 'Welke waarde een element mag hebben. Een fout keurt het hele bericht af met retourcode 0001.',
    hoort: ({ soort, niveau }) => soort === 'CS' && niveau === 2,
  },
  {
    kop: 'Codelijsten',
    uitleg:
      'Codes met een eigen geldigheidsduur. De andere codelijsten staan in de XSD; gemeentecodes en productcodes zijn TR378 en TR381 (niveau 4).',
    hoort: ({ soort }) => soort === 'COD',
  },
  {
    kop: 'Technische regels tegen een andere bron (niveau 4)',
    uitleg: 'Waar een lijst, een kalender of een tarief voor nodig is. Een fout krijgt de retourcode van de regel.',
    hoort: ({ soort, niveau }) => soort === 'TR' && niveau === 4,
  },
  {
    kop: 'Technische regels over berichten heen (niveau 3, het dossier)',
    uitleg: 'Waar eerdere berichten voor nodig zijn. Elke regel heeft een eigen retourcode.',
    hoort: ({ soort, niveau }) => soort === 'TR' && niveau === 3,
  },
  {
    kop: 'Wat de XSD afdwingt (niveau 1)',
    uitleg:
      'Op een bericht dat niet aan de XSD voldoet volgt geen retour, maar een Fo01 zonder retourcode. In een retourbericht gelden deze regels ook voor de klassen die uit het heenbericht zijn overgenomen. Dat deze XSD’s hetzelfde oordeel geven als de officiële, bewijst `test/xsd/differentieel.test.ts`.',
    hoort: ({ niveau }) => niveau === 1,
  },
];

const STATUS: Readonly<Record<Regelstatus, string>> = {
  gecontroleerd: 'Gecontroleerd',
  xsd: 'Afgedwongen door de XSD',
  'niet gecontroleerd': 'Niet gecontroleerd',
};

/** Class with elements, per set of messages: "301, 315: Client Bsn, Naam". */
function plaatsen({ elementen, berichten }: RegelRij): readonly string[] {
  const losse = elementen.map((plek) => {
    const [nummer = '', klasse = '', element = ''] = plek.split(' ');
    return { nummer, klasse, element, naam: `${klasse} ${element}` };
  });
  const namen = [...Map.groupBy(losse, ({ naam }) => naam).values()].flatMap((plekken) => {
    const [eerste] = plekken;
    return eerste ? [{ ...eerste, nummers: plekken.map(({ nummer }) => nummer).join(', ') }] : [];
  });
  const nummers = new Set(berichten.map((code) => code.slice(-3)));
  return [...Map.groupBy(namen, (plek) => `${plek.klasse} ${plek.nummers}`).values()].flatMap((groep) => {
    const [eerste] = groep;
    if (!eerste) return [];
    const elders = eerste.nummers === [...nummers].join(', ') ? '' : ` (${eerste.nummers})`;
    const namenlijst = groep.flatMap(({ element }) => (element === '' ? [] : [`\`${element}\``]));
    return [`- ${eerste.klasse}${elders}${namenlijst.length > 0 ? `: ${namenlijst.join(', ')}` : ''}`];
  });
}

function berichten({ berichten: codes }: RegelRij): string {
  const nummers = [...new Set(codes.map((code) => code.slice(-3)))];
  return (codes.length === nummers.length * DOMEINEN.length ? nummers : codes).join(', ');
}

/** @param redenGezegd the reason stands above the group already */
function blok(rij: RegelRij, redenGezegd: boolean): string {
  const retourcode = rij.retourcode === null ? 'Geen retourcode' : `Retourcode ${rij.retourcode}`;
  return [
    `### ${rij.code}`,
    rij.tekst,
    `${STATUS[rij.status]}. ${retourcode}. Berichten: ${berichten(rij)}.`,
    plaatsen(rij).join('\n'),
    ...(rij.reden === null || redenGezegd ? [] : [rij.reden]),
    ...(rij.twijfel === null ? [] : [`> Twijfel: ${rij.twijfel}`]),
  ].join('\n\n');
}

function groep({ kop, uitleg }: Groep, rijen: readonly RegelRij[]): string {
  const vaak = ({ niveau, reden }: RegelRij): boolean =>
    niveau === 1 && rijen.filter((rij) => rij.reden === reden).length > 1;
  return [`## ${kop}`, uitleg, ...rijen.map((rij) => blok(rij, vaak(rij)))].join('\n\n');
}

function inleiding(rijen: readonly RegelRij[]): string {
  const aantal = (status: Regelstatus): number => rijen.filter((rij) => rij.status === status).length;
  const niet = aantal('niet gecontroleerd');
  const ongecontroleerd = niet === 0 ? '' : ` en ${niet} worden niet gecontroleerd, met de reden erbij`;
  return `# Regels

<!-- Generated by \`npm run genereer\` from the rules in the source; do not edit. -->

Alle technische regels (TR), condities (CD), constraints (CS) en restricties (RS) van iWmo 3.2 en iJw 3.2, met wat het knooppunt
ermee doet. De teksten zijn van dit project; de codes, de retourcodes en de plaatsen zijn van de norm. Van de ${rijen.length} regels worden
er ${aantal('gecontroleerd')} gecontroleerd; ${aantal('xsd')} dwingt de XSD af${ongecontroleerd}.

Een bericht zonder voorvoegsel (301) staat voor beide standaarden; anders staat er WMO301 of JW301. Onder elke regel staan de klassen
en elementen, met de berichten erachter als het er niet alle zijn.

Een fout keurt af. Waar de norm meer dan één lezing toelaat, geeft het knooppunt alleen een waarschuwing, zonder gevolgen voor het
bericht; bij de regel staat dan onder Twijfel waarom. Dezelfde tabel geeft \`npm run --silent knooppunt -- regels\`, en met \`--json\` voor
machines.`;
}

/** @returns the text of docs/regels.md */
export function regelspagina(): string {
  const rijen = alleRegels();
  const groepen = GROEPEN.map((deel) => groep(deel, rijen.filter(deel.hoort)));
  return `${[inleiding(rijen), ...groepen].join('\n\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(PAGINA, regelspagina());
  console.log('docs/regels.md geschreven');
}
