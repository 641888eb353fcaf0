/** What a file for the dossier looks like, for who makes one. */
import type { Organisatiesoort } from '../../../routering/feiten.ts';
import { type Html, html } from '../../html.ts';
import { alinea, kop, uitklap } from '../../onderdelen.ts';
import { csvuitleg } from './csvuitleg.ts';

/** Columns of a CSV and what is in them, in the order of the docs. */
const kolommen = (wederpartij: string): readonly (readonly [string, string])[] => [
  ['bsn', 'Burgerservicenummer, 9 cijfers.'],
  ['wederpartij', wederpartij],
  ['toewijzingnummer', 'Nummer van de toewijzing, hoogstens 9 cijfers.'],
  ['toewijzingsdatum', 'Datum van de toewijzing, als JJJJ-MM-DD. Van de versie die nu geldt.'],
  ['toewijzingstijd', 'Tijd van de toewijzing, als UU:MM:SS.'],
  ['ingangsdatum', 'Eerste dag van de toewijzing.'],
  ['einddatum', 'Laatste dag. Leeg: geen einde.'],
  ['categorie', 'Productcategorie, 2 cijfers. Ook als het eerste een 0 is.'],
  ['code', 'Productcode. Leeg als alleen de categorie is toegewezen.'],
  ['volume', 'Hoeveel er is toegewezen. Leeg als er een budget is.'],
  ['eenheid', 'Eenheid van het volume, 2 cijfers.'],
  ['frequentie', 'Per welke periode: 1, 2, 4 of 6.'],
  ['budget', 'Toegewezen bedrag in hele eurocenten: 1250000 is € 12.500,00.'],
  ['begindatum', 'Eerste dag van de zorg, als de start is gemeld en de zorg niet is gestopt.'],
  ['gedeclareerdVolume', 'Hoeveel er tot nu toe is gedeclareerd.'],
  ['gedeclareerdEenheid', 'Eenheid daarvan, als die anders is dan die van de toewijzing.'],
  ['gedeclareerdBedrag', 'Bedrag dat tot nu toe is gedeclareerd, in hele eurocenten.'],
];

const VOORBEELD = `bsn;wederpartij;toewijzingnummer;toewijzingsdatum;toewijzingstijd;ingangsdatum;einddatum;categorie;code;volume;eenheid;frequentie;budget;begindatum;gedeclareerdVolume;gedeclareerdEenheid;gedeclareerdBedrag
999900006;WEDERPARTIJ;36301001;2025-03-10;09:30:00;2025-03-16;2026-12-31;02;02A05;3;04;2;;2025-03-17;120;;750000`;

/** Both kinds of file, folded up. */
export function bestandsuitleg(soort: Organisatiesoort): Html {
  const isGemeente = soort === 'gemeente';
  return html`
${kop(2, 'Welk bestand kiest u?')}
${uitklap(
  'ZIP met eerdere berichten: het beste als u ze nog hebt',
  alinea('Doe de XML-bestanden zonder mappen in één ZIP-bestand. De namen en de volgorde maken niet uit.'),
  html`<ul class="kp-lijst">
<li>Het gaat om berichten van release 3.2: toewijzingen, starts, stops, verzoeken, antwoorden daarop, declaraties en declaratie-antwoorden.</li>
<li>Doe ook de <strong>retourberichten</strong> erbij. Dan weet het knooppunt wat is afgekeurd en dus niet meetelt.</li>
<li>Elk bericht wordt gecontroleerd. Wat niet klopt, staat met de reden in het verslag.</li>
</ul>`,
)}
${uitklap(
  'CSV met lopende toewijzingen: als u de berichten niet meer hebt',
  alinea(
    'Eén regel per lopende toewijzing, als tekst in UTF-8. In Excel kiest u bij opslaan ‘CSV UTF-8’. De eerste regel bevat de namen van alle kolommen. Een kolom mag leeg zijn, maar moet er wel staan.',
  ),
  csvuitleg(
    kolommen(isGemeente ? 'AGB-code van de aanbieder, 8 cijfers.' : 'Code van de gemeente, 4 cijfers.'),
    VOORBEELD.replace('WEDERPARTIJ', isGemeente ? '98000001' : '0363'),
  ),
)}`;
}
