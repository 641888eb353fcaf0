/** Rules across messages on a request for a change (317). Source: TR304, TR349 to TR351, TR357, TR373, TR375, TR411 and TR412 of both standards. */
import { na, vergelijk } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import type { Klasse } from '../../standards/structuren.ts';
import type { Toewijzing } from '../feiten.ts';
import { botst, type Dossierregel, GOED, ONBEKEND, ontbreekt, type Uitspraak } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { type Genoemd, isLopend, isVanDeze, kruist, spreektTegen } from '../toewijzingen.ts';

export interface Clientzicht {
  /** Does the dossier know this person? */
  readonly bekend: boolean;
  readonly bericht: TeSchouwen;
}

export interface Verzoekzicht {
  /** Actual toewijzingen of the person that the request does not name. */
  readonly ongenoemd: readonly Toewijzing[];
  readonly bericht: TeSchouwen;
}

/** An OngewijzigdProduct or a TeWijzigenProduct. */
export interface Productzicht {
  readonly genoemd: Genoemd;
  readonly bericht: TeSchouwen;
}
export interface Wijzigingzicht extends Productzicht {
  readonly product: Klasse<'317', 'TeWijzigenProduct'>;
}

/** The day on which the request was written, and today: the earlier of the two. */
const eersteDag = ({ herkomst: { dagtekening }, peildatum }: TeSchouwen): string =>
  na(dagtekening, peildatum) ? peildatum : dagtekening;

function allesGenoemd({ ongenoemd, bericht }: Verzoekzicht): Uitspraak {
  if (ongenoemd.length === 0) return GOED;
  const actueel = ongenoemd.filter((versie) => bericht.kennis.isActueel(versie));
  const zeker = actueel.filter((versie) => !kruist(versie, bericht));
  if (zeker.length > 0) return botst('fout', zeker);
  return actueel.length > 0 ? botst('twijfel', actueel) : ONBEKEND;
}

function isActueel({ genoemd, bericht }: Productzicht): Uitspraak {
  if (genoemd.van !== 'deze') return isVanDeze(genoemd, bericht, bericht.herkomst.dagtekening);
  return isLopend(genoemd.versie, eersteDag(bericht)) ? GOED : spreektTegen(genoemd.versie, bericht);
}

type Proef = 'goed' | 'fout' | 'twijfel';

/** Holds a change against the toewijzing that it changes; without one there is nothing to hold it against, and TR351 says so. */
const tegen =
  (proef: (toewijzing: Toewijzing, product: Wijzigingzicht['product'], bericht: TeSchouwen) => Proef) =>
  ({ genoemd, product, bericht }: Wijzigingzicht): Uitspraak => {
    if (genoemd.van !== 'deze') return GOED;
    const uitslag = proef(genoemd.versie, product, bericht);
    if (uitslag === 'goed') return GOED;
    const tegenspraak = spreektTegen(genoemd.versie, bericht);
    return uitslag === 'twijfel' && tegenspraak.oordeel === 'fout' ? botst('twijfel', [genoemd.versie]) : tegenspraak;
  };

const gaatInVanaf = (product: Wijzigingzicht['product'], { ingangsdatum }: Toewijzing): boolean =>
  vergelijk(product.GewensteIngangsdatum, ingangsdatum) === 0;

/** Frequentie: total within the period of the toewijzing. */
const TOTAAL = '6';

/** Does a request change the budget or the total? When only the toewijzing or only the request has one, the norm does not say. */
function anderBedrag({ budget, omvang }: Toewijzing, { Budget, Omvang }: Wijzigingzicht['product']): Proef {
  if (Budget === undefined && Omvang === undefined) return 'goed';
  const oudTotaal = omvang?.frequentie === TOTAAL ? omvang : null;
  const nieuwTotaal = Omvang?.Frequentie === TOTAAL ? Omvang : undefined;
  if (budget !== null && Budget !== undefined && Number(Budget) !== budget) return 'fout';
  if (
    oudTotaal &&
    nieuwTotaal &&
    (Number(nieuwTotaal.Volume) !== oudTotaal.volume || nieuwTotaal.Eenheid !== oudTotaal.eenheid)
  )
    return 'fout';
  const eenzijdig = (budget === null) !== (Budget === undefined) || !oudTotaal !== !nieuwTotaal;
  return eenzijdig ? 'twijfel' : 'goed';
}

/** From 2021 on an omvang belongs to a product. */
const LAATSTE_DAG_OUD = '2020-12-31';
const naOud = ({ einddatum }: Toewijzing): boolean => einddatum === null || na(einddatum, LAATSTE_DAG_OUD);

export const CLIENTREGELS: readonly Dossierregel<Clientzicht>[] = [
  {
    code: 'TR304',
    niveau: 3,
    retourcode: '8187',
    tekst: 'Het Bsn hoort bij een cliënt die de ontvanger kent.',
    melding: 'Controleer het BSN: voor deze cliënt is geen toewijzing of verzoek bekend.',
    plaatsen: [plaats('317', 'Client', 'Bsn')],
    element: 'Bsn',
    controleer: ({ bekend, bericht: { kennis, herkomst } }) =>
      bekend ? GOED : ontbreekt(!kennis.isOpgeruimd && kennis.kent(herkomst.dagtekening)),
  },
];

export const VERZOEKREGELS: readonly Dossierregel<Verzoekzicht>[] = [
  {
    code: 'TR349',
    niveau: 3,
    retourcode: '9349',
    tekst: 'Een verzoek om wijziging noemt elke actuele toewijzing van de cliënt: als ongewijzigd of als te wijzigen.',
    melding: 'Neem ook de andere lopende toewijzingen van deze cliënt op, als ongewijzigd of als te wijzigen product.',
    twijfel:
      'Een waarschuwing als het bericht met de toewijzing die ontbreekt van dezelfde dag of later is: dan kan het dit verzoek gekruist hebben.',
    plaatsen: [plaats('317', 'Verzoek', '')],
    element: '',
    controleer: allesGenoemd,
  },
];

const GEKRUIST =
  'Een waarschuwing als het bericht met de toewijzing van dezelfde dag of later is: dan kan het dit verzoek gekruist hebben.';
const ANDER_NUMMER = 'Neem het ToewijzingNummer over uit een lopende toewijzing van deze cliënt.';

export const ONGEWIJZIGDREGELS: readonly Dossierregel<Productzicht>[] = [
  {
    code: 'TR350',
    niveau: 3,
    retourcode: '9350',
    tekst: 'Het nummer bij een ongewijzigd product is dat van een actuele toewijzing.',
    melding: ANDER_NUMMER,
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'OngewijzigdProduct', 'ToewijzingNummer')],
    element: 'ToewijzingNummer',
    controleer: isActueel,
  },
];

export const WIJZIGINGREGELS: readonly Dossierregel<Wijzigingzicht>[] = [
  {
    code: 'TR351',
    niveau: 3,
    retourcode: '9351',
    tekst: 'Het nummer bij een te wijzigen product is dat van een actuele toewijzing.',
    melding: ANDER_NUMMER,
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'ToewijzingNummer')],
    element: 'ToewijzingNummer',
    controleer: isActueel,
  },
  {
    code: 'TR357',
    niveau: 3,
    retourcode: '9357',
    tekst: 'Een wijziging die niet in de toekomst ingaat, geldt vanaf het begin van de toewijzing.',
    melding:
      'Kies een GewensteIngangsdatum na de dagtekening van het bericht, of die van de toewijzing zelf: dan geldt de wijziging voor de hele looptijd.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'GewensteIngangsdatum')],
    element: 'GewensteIngangsdatum',
    controleer: tegen((toewijzing, product, { herkomst }) =>
      na(product.GewensteIngangsdatum, herkomst.dagtekening) || gaatInVanaf(product, toewijzing) ? 'goed' : 'fout',
    ),
  },
  {
    code: 'TR373',
    niveau: 3,
    retourcode: '9373',
    tekst:
      'Een ander budget, of een ander totaal over de looptijd, wordt gevraagd vanaf de ingangsdatum van de toewijzing.',
    melding: 'Maak GewensteIngangsdatum gelijk aan de Ingangsdatum van de toewijzing waarvan het totaal verandert.',
    twijfel: `Een waarschuwing als alleen de toewijzing of alleen het verzoek een budget of een totaal heeft: de norm zegt niet of dat dan wijzigt. ${GEKRUIST}`,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'GewensteIngangsdatum')],
    element: 'GewensteIngangsdatum',
    controleer: tegen((toewijzing, product) =>
      gaatInVanaf(product, toewijzing) ? 'goed' : anderBedrag(toewijzing, product),
    ),
  },
  {
    code: 'TR375',
    niveau: 3,
    retourcode: '9375',
    tekst: 'Bij een toewijzing zonder product die na 2020 eindigt of geen einde heeft, wordt geen omvang gevraagd.',
    melding: 'Laat Omvang weg: de toewijzing heeft geen product, en dan is er alleen een budget te vragen.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
    element: 'Omvang',
    controleer: tegen((toewijzing, { Omvang }) =>
      Omvang !== undefined && toewijzing.categorie === null && naOud(toewijzing) ? 'fout' : 'goed',
    ),
  },
  {
    code: 'TR411',
    niveau: 3,
    retourcode: '9411',
    tekst: 'Bij een toewijzing met een productcode is de omvang verplicht.',
    melding: 'Vul Omvang: de toewijzing noemt een productcode.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
    element: 'Omvang',
    controleer: tegen(({ code }, { Omvang }) => (Omvang === undefined && code !== null ? 'fout' : 'goed')),
  },
  {
    code: 'TR412',
    niveau: 3,
    retourcode: '9412',
    tekst: 'Bij een toewijzing zonder productcode die na 2020 eindigt of geen einde heeft, wordt geen omvang gevraagd.',
    melding: 'Laat Omvang weg: de toewijzing noemt geen productcode, en dan is er alleen een budget te vragen.',
    twijfel: GEKRUIST,
    plaatsen: [plaats('317', 'TeWijzigenProduct', 'Omvang')],
    element: 'Omvang',
    // Without a product at all there is no code either; that case has a rule of its own (TR375).
    controleer: tegen((toewijzing, { Omvang }) =>
      Omvang !== undefined && toewijzing.categorie !== null && toewijzing.code === null && naOud(toewijzing)
        ? 'fout'
        : 'goed',
    ),
  },
];
