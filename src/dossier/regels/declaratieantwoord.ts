/**
 * Rules across messages on a declaratie-antwoord and the declaratie that it answers (325), which the aanbieder judges. Nothing answers a 325, so its
 * findings go beside it. Source: TR304, TR337, TR366, TR367, TR371 and TR376 of both standards.
 */
import { vergelijk } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import type { Klasse } from '../../standards/structuren.ts';
import type { Declaratie, Persoon, Prestatie } from '../feiten.ts';
import { botst, type Dossierregel, GOED, ONBEKEND, ontbreekt, type Uitspraak } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';

/** The declaratie that an answer belongs to, as far as it is known. */
export interface Antwoordzicht {
  readonly bericht: TeSchouwen;
  readonly header: Klasse<'325', 'Header'>;
  /** undefined: the dossier does not have it. */
  readonly declaratie: Declaratie | undefined;
  /** Would the dossier have it, if it was there? */
  readonly zouBekendZijn: boolean;
}
export interface Nummerzicht extends Antwoordzicht {
  readonly nummer: string;
}

/** A declaratie that is there, with what is in it. */
interface Deelzicht {
  readonly declaratie: Declaratie;
  /** Was nothing of it removed since? */
  readonly heel: boolean;
}
export interface Clientzicht extends Deelzicht {
  readonly persoon: Persoon;
  /** Whom it declared for. */
  readonly personen: ReadonlySet<Persoon>;
}
export interface Prestatiezicht extends Deelzicht {
  /** As the answer repeats it. */
  readonly herhaald: Prestatie;
  /** As it was declared; undefined: nothing in the declaratie has this reference. */
  readonly gedeclareerd: Prestatie | undefined;
}

function noemtDeclaratie({ bericht, header, declaratie, zouBekendZijn }: Antwoordzicht): Uitspraak {
  // What intake matched is there, also when the dossier is younger.
  if (!declaratie) return bericht.heen === null ? ontbreekt(zouBekendZijn) : GOED;
  const { Identificatie, Dagtekening } = header.DeclaratieIdentificatie;
  const gelijk =
    Identificatie === declaratie.identificatie && vergelijk(Dagtekening, declaratie.herkomst.dagtekening) === 0;
  return gelijk ? GOED : botst('fout', [declaratie]);
}

/** Without a declaratie TR337 speaks; but when it is there and only the dossier lacks it, nothing can be said. */
const zonderDeclaratie = ({ bericht }: Antwoordzicht): Uitspraak => (bericht.heen === null ? GOED : ONBEKEND);

function herhaaltVersie(zicht: Antwoordzicht): Uitspraak {
  const { declaratie, header } = zicht;
  if (!declaratie) return zonderDeclaratie(zicht);
  const { BasisschemaXsdVersie, BerichtXsdVersie } = header.XsdVersieDeclaratie;
  const gelijk = BasisschemaXsdVersie === declaratie.basisVersie && BerichtXsdVersie === declaratie.berichtVersie;
  return gelijk ? GOED : botst('fout', [declaratie]);
}

/** TR376. The number of another declaratie does belong to one that was received; the rule asks no more, but it cannot be meant. */
function noemtNummer({ bericht, declaratie, nummer, zouBekendZijn }: Nummerzicht): Uitspraak {
  if (declaratie?.nummer === nummer) return GOED;
  const andere = bericht.dossier.declaratiesMet(nummer);
  if (!declaratie && andere.length > 0) return GOED;
  // What intake matched is there, so only the dossier lacks it.
  if (!declaratie) return bericht.heen === null ? ontbreekt(zouBekendZijn) : ONBEKEND;
  // The other one may have been removed.
  return botst(andere.length > 0 || bericht.kennis.isOpgeruimd ? 'twijfel' : 'fout', [declaratie, ...andere]);
}

const nietDaarin = ({ declaratie, heel }: Deelzicht): Uitspraak => (heel ? botst('fout', [declaratie]) : ONBEKEND);

/** What an answer repeats of a prestatie; its reference is how it was found. */
const HERHAALD = [
  'toewijzing',
  'categorie',
  'code',
  'begindatum',
  'einddatum',
  'volume',
  'eenheid',
  'bedrag',
  'credit',
] as const satisfies readonly (keyof Prestatie)[];

function isGelijk({ declaratie, herhaald, gedeclareerd }: Prestatiezicht): Uitspraak {
  if (!gedeclareerd) return GOED;
  if (HERHAALD.some((veld) => herhaald[veld] !== gedeclareerd[veld])) return botst('fout', [declaratie]);
  if (herhaald.tarief === gedeclareerd.tarief) return GOED;
  return botst(herhaald.tarief === null ? 'twijfel' : 'fout', [declaratie]);
}

const zonderRetourcode = { niveau: 3, retourcode: null } as const;

export const ANTWOORDREGELS: readonly Dossierregel<Antwoordzicht>[] = [
  {
    code: 'TR337',
    ...zonderRetourcode,
    tekst: 'Het antwoord noemt de berichtidentificatie van een declaratie die de gemeente heeft ontvangen.',
    melding: 'Controleer DeclaratieIdentificatie: er is geen declaratie met deze identificatie en dagtekening bekend.',
    plaatsen: [plaats('325', 'Header', 'DeclaratieIdentificatie')],
    element: 'DeclaratieIdentificatie',
    controleer: noemtDeclaratie,
  },
  {
    code: 'TR371',
    ...zonderRetourcode,
    tekst: 'Het antwoord herhaalt de XSD-versie van de declaratie.',
    melding: 'Neem XsdVersieDeclaratie over van de declaratie.',
    plaatsen: [plaats('325', 'Header', 'XsdVersieDeclaratie')],
    element: 'XsdVersieDeclaratie',
    controleer: herhaaltVersie,
  },
];

export const NUMMERREGELS: readonly Dossierregel<Nummerzicht>[] = [
  {
    code: 'TR376',
    ...zonderRetourcode,
    tekst: 'Het antwoord noemt het nummer van een declaratie die de gemeente heeft ontvangen.',
    melding: 'Neem DeclaratieNummer over van de declaratie.',
    twijfel:
      'Een waarschuwing als het nummer van een andere declaratie is dan die waarop het antwoord volgt: de regel zegt niet dat het om dezelfde gaat.',
    plaatsen: [plaats('325', 'DeclaratieAntwoord', 'DeclaratieNummer')],
    element: 'DeclaratieNummer',
    controleer: noemtNummer,
  },
];

export const ANTWOORDCLIENTREGELS: readonly Dossierregel<Clientzicht>[] = [
  {
    code: 'TR304',
    niveau: 3,
    retourcode: '8187',
    tekst: 'Een cliënt in een declaratie-antwoord komt in de declaratie voor.',
    melding: 'Controleer het BSN: de declaratie heeft geen prestaties voor deze cliënt.',
    plaatsen: [plaats('325', 'Client', 'Bsn')],
    element: 'Bsn',
    controleer: ({ persoon, personen, ...deel }) => (personen.has(persoon) ? GOED : nietDaarin(deel)),
  },
];

export const ANTWOORDPRESTATIEREGELS: readonly Dossierregel<Prestatiezicht>[] = [
  {
    code: 'TR366',
    niveau: 3,
    retourcode: '9366',
    tekst: 'Elke prestatie in het antwoord komt met haar referentie in de declaratie voor.',
    melding:
      'Verwijder deze prestatie of verbeter ProductReferentie: de declaratie heeft geen prestatie met die referentie.',
    plaatsen: [plaats('325', 'Prestatie', 'ProductReferentie')],
    element: 'ProductReferentie',
    controleer: ({ gedeclareerd, ...deel }) => (gedeclareerd ? GOED : nietDaarin(deel)),
  },
  {
    code: 'TR367',
    niveau: 3,
    retourcode: '9367',
    tekst: 'Wat het antwoord van een prestatie herhaalt, staat er precies zo in als in de declaratie.',
    melding: 'Neem de prestatie ongewijzigd over van de declaratie.',
    twijfel:
      'Een waarschuwing als alleen ProductTarief ontbreekt: de norm verplicht dat niet in een declaratie-antwoord.',
    plaatsen: [plaats('325', 'Prestatie', '')],
    element: '',
    controleer: isGelijk,
  },
];
