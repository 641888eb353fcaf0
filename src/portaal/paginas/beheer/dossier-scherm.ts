/** The pages about an import into the dossier: the form with what came before, and what became of one file. */
import type { Invoering } from '../../../dossier/invoer/ingevoerd.ts';
import type { Invoerverslag } from '../../../dossier/invoer/types.ts';
import type { Instelling } from '../../../routering/instellingen.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import type { Domein } from '../../../standards/catalogus.ts';
import { type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import {
  alinea,
  bestandsveld,
  formulier,
  gegevens,
  inleiding,
  type Kerncijfer,
  kerncijfers,
  keuzes,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  merk,
  tabel,
  tekstveld,
} from '../../onderdelen.ts';
import { aantal, datumKort, datumLang, getal, tijd } from '../../opmaak.ts';
import type { Paginaverzoek, Scherm } from '../../pagina.ts';
import { bestandsuitleg } from './dossier-uitleg.ts';
import { controleverwijzing, domeinkeuze, inMegabytes, kruimelsVan, padVan, ZONDER_DOMEIN } from './eigen.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { fouten, redenveld } from './wijziging.ts';

/** From this controleniveau on earlier messages are looked at. */
const MET_DOSSIER = 3;
export const dossierpad = (code: string): string => `${padVan(code)}/dossier`;

export interface Dossierstand {
  readonly kaart: Kaart;
  readonly domeinen: readonly Domein[];
  readonly instellingen: readonly { readonly domein: Domein; readonly instelling: Instelling }[];
  readonly invoeringen: readonly Invoering[];
  readonly maxBytes: number;
  readonly terug: Ingevuld;
}

/** Does it matter already, and from which day is it complete? */
const standVan = ({ kaart, instellingen }: Dossierstand): Html =>
  gegevens(
    instellingen.map(({ domein, instelling: { controleniveau, dossierVolledigVanaf } }) => [
      DOMEINTITEL[domein],
      html`${
        dossierVolledigVanaf === null
          ? 'Nog niet volledig. '
          : html`${merk('volledig', 'goed')} vanaf ${datumLang(dossierVolledigVanaf)}. `
      }${
        controleniveau >= MET_DOSSIER
          ? 'Nieuwe berichten worden ermee vergeleken.'
          : html`Het telt nog niet mee: daarvoor is controleniveau 3 of 4 nodig. ${controleverwijzing(kaart.code, domein)}.`
      }`,
    ]),
  );

function eerdere({ invoeringen }: Dossierstand): Html {
  if (invoeringen.length === 0)
    return leeg('U hebt nog niets ingevoerd', 'Na uw eerste bestand staat hier wat ervan is overgenomen.');
  return tabel<Invoering>({
    titel: 'Wat eerder is ingevoerd',
    titelVerborgen: true,
    rijen: invoeringen,
    kolommen: [
      { kop: 'Ingevoerd op', rijkop: true, cel: ({ ingevoerdOp }) => tijd(ingevoerdOp) },
      { kop: 'Wet', cel: ({ domein }) => DOMEINTITEL[domein] },
      { kop: 'Peildatum', cel: ({ peildatum }) => datumKort(peildatum) },
      {
        kop: 'Overgenomen',
        cel: ({ berichten, regels }) => {
          if (regels > 0) return aantal(regels, 'toewijzing', 'toewijzingen');
          return berichten > 0 ? aantal(berichten, 'bericht', 'berichten') : 'niets nieuws';
        },
      },
      { kop: 'Geweigerd', getal: true, cel: ({ geweigerd }) => getal(geweigerd) },
      {
        kop: 'Telt als',
        cel: ({ volledig }) => (volledig ? merk('volledig', 'goed') : merk('aanvulling', 'neutraal')),
      },
    ],
  });
}

const hetFormulier = (
  { sessie }: Pick<Paginaverzoek, 'sessie'>,
  { kaart, domeinen, maxBytes, terug }: Dossierstand,
): Html =>
  formulier(
    { sessie, naar: dossierpad(kaart.code), bestanden: true },
    domeinkeuze(domeinen, terug),
    tekstveld({
      naam: 'peildatum',
      label: 'Peildatum',
      uitleg: 'De dag waarop het bestand klopte. Vaak is dat de dag waarop u het maakte.',
      type: 'date',
      verplicht: true,
      ...terug,
    }),
    keuzes({
      soort: 'checkbox',
      naam: 'volledig',
      label: 'Is dit alles?',
      gekozen: terug.ingevuld?.volledig === 'ja' ? ['ja'] : [],
      keuzes: [
        {
          waarde: 'ja',
          tekst: 'Ja, dit is alles wat op de peildatum liep',
          uitleg:
            'Het knooppunt gaat er dan van uit dat wat niet in het bestand staat, er ook niet was. Een nieuw bericht dat daar niet bij past, kan worden afgekeurd. Voert u nog meer bestanden in? Kruis dit dan alleen bij het laatste aan.',
        },
      ],
    }),
    bestandsveld({
      naam: 'bestand',
      label: 'Bestand',
      uitleg: `ZIP met eerdere berichten, of CSV met lopende toewijzingen. Hoogstens ${inMegabytes(maxBytes)}.`,
      soorten: '.zip,.csv,.txt,application/zip,text/csv',
      verplicht: true,
      ...terug,
    }),
    redenveld(terug, 'Waarom voert u dit in? De reden komt in het logboek. Noem geen personen.'),
    alinea(
      'Een groot bestand kan een paar minuten duren. Laat deze pagina open tot u het verslag ziet. Valt de verbinding weg nadat het bestand is verstuurd? Dan gaat de invoer door, en ziet u haar later hieronder.',
    ),
    knoppen(knop('Bestand invoeren')),
  );

export function dossierscherm(verzoek: Pick<Paginaverzoek, 'gebruiker' | 'sessie'>, stand: Dossierstand): Scherm {
  const { kaart, domeinen, terug } = stand;
  return {
    titel: 'Wat er al liep',
    status: terug.veldfouten && terug.veldfouten.size > 0 ? 400 : 200,
    kruimels: kruimelsVan(kaart, verzoek),
    inhoud: html`
${fouten(terug)}
${inleiding('Gingen uw berichten eerst een andere weg? Voer hier in wat er al liep. Het knooppunt kan nieuwe berichten dan meteen vergelijken met wat al was afgesproken.')}
${
  domeinen.length === 0
    ? leeg(...ZONDER_DOMEIN)
    : html`
${kop(2, 'Wat er gebeurt')}
<ul class="kp-lijst">
<li>Het knooppunt leest welke toewijzingen, starts, stops en declaraties er al zijn, en onthoudt alleen wat nodig is om nieuwe berichten te controleren.</li>
<li>Er wordt <strong>niets verstuurd of bezorgd</strong>. Niemand merkt iets van de invoer.</li>
<li>Het bestand zelf bewaren wij niet. Een burgerservicenummer wordt meteen onherkenbaar gemaakt; namen en adressen nemen wij niet over.</li>
<li>Wat het knooppunt al weet, blijft zoals het is. Hetzelfde bestand nog eens invoeren kan dus geen kwaad.</li>
<li>Doe dit <strong>voordat het eerste bericht</strong> door dit knooppunt gaat.</li>
</ul>
${kop(2, 'Stand van het dossier')}
${standVan(stand)}
${bestandsuitleg(kaart.soort)}
${kop(2, 'Bestand invoeren')}
${hetFormulier(verzoek, stand)}
${kop(2, 'Eerder ingevoerd')}
${eerdere(stand)}`
}`,
  };
}

export interface Uitslag {
  readonly kaart: Kaart;
  /** As the browser called the file. */
  readonly naam: string;
  readonly gevraagd: { readonly domein: Domein; readonly peildatum: string; readonly volledig: boolean };
  readonly verslag: Invoerverslag;
}

function cijfers({ soort, aantallen, aantalGeweigerd }: Invoerverslag): Html {
  const { genomen, bekend, vervallen, los } = aantallen;
  const wat = soort === 'regels' ? ['regel', 'regels'] : ['bericht', 'berichten'];
  const woord = (hoeveel: number): string => (hoeveel === 1 ? wat[0] : wat[1]) ?? '';
  const rij: readonly (Kerncijfer & { readonly hoeveel: number; readonly altijd?: true })[] = [
    {
      titel: 'Ingevoerd',
      hoeveel: genomen,
      cijfer: getal(genomen),
      uitleg: woord(genomen),
      toon: genomen > 0 ? 'goed' : 'neutraal',
      altijd: true,
    },
    { titel: 'Waren er al', hoeveel: bekend, cijfer: getal(bekend), uitleg: 'niets aan veranderd' },
    {
      titel: 'Afgekeurd door de ontvanger',
      hoeveel: vervallen,
      cijfer: getal(vervallen),
      uitleg: 'tellen daarom niet mee',
    },
    { titel: 'Antwoord zonder bericht', hoeveel: los, cijfer: getal(los), uitleg: 'overgeslagen' },
    {
      titel: 'Geweigerd',
      hoeveel: aantalGeweigerd,
      cijfer: getal(aantalGeweigerd),
      uitleg: woord(aantalGeweigerd),
      toon: aantalGeweigerd > 0 ? 'fout' : 'neutraal',
      altijd: true,
    },
  ];
  return kerncijfers(rij.filter(({ hoeveel, altijd }) => altijd || hoeveel > 0));
}

function oordeel({ gevraagd, verslag: { volledig, aantalGeweigerd, dossierVolledigVanaf } }: Uitslag): Html {
  if (gevraagd.volledig && !volledig)
    return melding(
      'warning',
      'De invoer telt nog niet als volledig',
      alinea(
        `Er ${aantalGeweigerd === 1 ? 'is één onderdeel' : `zijn ${getal(aantalGeweigerd)} onderdelen`} geweigerd. Herstel dat en voer het hele bestand opnieuw in. Wat goed was, is al overgenomen en telt niet dubbel.`,
      ),
      true,
    );
  if (volledig)
    return melding(
      'ok',
      `Het dossier is volledig${dossierVolledigVanaf === null ? '' : ` vanaf ${datumLang(dossierVolledigVanaf)}`}`,
      alinea('Nieuwe berichten worden hiermee vergeleken zodra controleniveau 3 of 4 is ingesteld.'),
      true,
    );
  return aantalGeweigerd === 0
    ? melding('ok', 'Het bestand is ingevoerd', alinea('Het telt als aanvulling op wat het knooppunt al wist.'), true)
    : melding('warning', 'Een deel is niet ingevoerd', alinea('Hieronder staat waarom.'), true);
}

function geweigerd({ soort, geweigerd: rijen, aantalGeweigerd }: Invoerverslag): Html {
  if (aantalGeweigerd === 0) return leeg('Er is niets geweigerd', 'U hoeft niets te herstellen.');
  return html`
${alinea('Herstel dit in uw eigen systeem en voer het hele bestand opnieuw in. Om de privacy staan de gegevens zelf hier niet.')}
${tabel<Invoerverslag['geweigerd'][number]>({
  titel: 'Wat er is geweigerd',
  titelVerborgen: true,
  rijen,
  kolommen: [
    {
      kop: soort === 'regels' ? 'Regel' : 'Bestand',
      rijkop: true,
      cel: ({ bestand, regel }) => html`<span class="kp-breekbaar">${bestand ?? getal(regel ?? 0)}</span>`,
    },
    { kop: 'Wat er mis is', cel: ({ reden }) => reden },
  ],
})}
${aantalGeweigerd > rijen.length ? alinea(`De eerste ${getal(rijen.length)} staan hier; er zijn er ${getal(aantalGeweigerd - rijen.length)} meer.`) : null}`;
}

export function verslagscherm(verzoek: Pick<Paginaverzoek, 'gebruiker'>, uitslag: Uitslag): Scherm {
  const { kaart, naam, gevraagd, verslag } = uitslag;
  const dossier = { naam: 'Wat er al liep', pad: dossierpad(kaart.code) };
  return {
    titel: 'Verslag van de invoer',
    kruimels: [...kruimelsVan(kaart, verzoek), dossier],
    inhoud: html`
${oordeel(uitslag)}
${cijfers(verslag)}
${gegevens([
  ['Bestand', html`<span class="kp-breekbaar">${naam}</span>`],
  ['Soort', verslag.soort === 'regels' ? 'CSV met lopende toewijzingen' : 'ZIP met eerdere berichten'],
  ['Wet', DOMEINTITEL[gevraagd.domein]],
  ['Peildatum', datumLang(gevraagd.peildatum)],
])}
${kop(2, verslag.soort === 'regels' ? 'Regel voor regel' : 'Bestand voor bestand')}
${geweigerd(verslag)}
${knoppen(knopVerwijzing(dossier.pad, 'Nog een bestand invoeren', { soort: 'secondary' }), knopVerwijzing(`${padVan(kaart.code)}/instellingen/${gevraagd.domein}`, 'Naar de controle van berichten', { soort: 'secondary' }))}`,
  };
}
