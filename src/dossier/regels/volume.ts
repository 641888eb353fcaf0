/**
 * Rules across messages on how much is declared (323), which the gemeente judges. Source: TR321 (with what is iWmo's alone), TR322 and TR369. The
 * arithmetic is in ../volume.ts, what was declared before in ../verbruik.ts.
 */
import { plaats } from '../../standards/elders-rij.ts';
import { EURO } from '../../standards/gedeeld/declaratie.ts';
import { type Debetzicht, spreektTegenMet } from '../declaraties.ts';
import { type Dossierregel, GOED, ONBEKEND, type Uitspraak } from '../regel.ts';
import { spreektTegen } from '../toewijzingen.ts';
import { DELEN, inDelen, maximumInPeriode, maximumOverLooptijd, type Toegewezen } from '../volume.ts';

interface Meting {
  readonly toegewezen: Toegewezen;
  /** Of this prestatie, in sixtieths of the unit of the toewijzing. */
  readonly volume: number;
}

/** undefined: there is no Omvang, or the units do not go together, which is for TR341 to say. */
function meet({ prestatie, toewijzing }: Debetzicht): Meting | undefined {
  if (!toewijzing?.omvang) return undefined;
  const { omvang } = toewijzing;
  const volume = inDelen(prestatie.volume, prestatie.eenheid, omvang.eenheid);
  return volume === null ? undefined : { toegewezen: { ...toewijzing, omvang }, volume };
}

function pastInPeriode(zicht: Debetzicht): Uitspraak {
  const meting = meet(zicht);
  if (!meting || !zicht.toewijzing) return GOED;
  const { bericht, prestatie } = zicht;
  const periode = { begin: prestatie.begindatum, einde: prestatie.einddatum };
  const maximum = maximumInPeriode(meting.toegewezen, periode, bericht.soort.domein);
  return meting.volume <= maximum * DELEN ? GOED : spreektTegen(zicht.toewijzing, bericht);
}

function pastInLooptijd(zicht: Debetzicht): Uitspraak {
  const meting = meet(zicht);
  const maximum = meting ? maximumOverLooptijd(meting.toegewezen) : null;
  if (!meting || !zicht.toewijzing || maximum === null) return GOED;
  const { zeker, geheel } = zicht.verbruik;
  if (geheel.volume + meting.volume <= maximum * DELEN) return GOED;
  return zeker.volume + meting.volume <= maximum * DELEN ? ONBEKEND : spreektTegenMet(zicht.toewijzing, zicht);
}

/**
 * TR369. The norm adds up volumes, and a volume in euros is its amount. Of prestaties in another unit it does not say what they take from a
 * budget; so what is in euros refuses by itself, and together with the others it is doubted.
 */
function pastInBudget(zicht: Debetzicht): Uitspraak {
  const { toewijzing, prestatie } = zicht;
  if (!toewijzing || toewijzing.budget === null) return GOED;
  const { budget } = toewijzing;
  const { zeker, geheel } = zicht.verbruik;
  const { bedrag } = prestatie;
  if (geheel.bedrag + bedrag <= budget) return GOED;
  const euro = prestatie.eenheid === EURO ? bedrag : 0;
  if (zeker.euro + euro > budget) return spreektTegenMet(toewijzing, zicht);
  return zeker.bedrag + bedrag > budget ? spreektTegenMet(toewijzing, zicht, 'twijfel') : ONBEKEND;
}

const opVolume = { element: 'GeleverdVolume', plaatsen: [plaats('323', 'Prestatie', 'GeleverdVolume')] } as const;

export const VOLUMEREGELS: readonly Dossierregel<Debetzicht>[] = [
  {
    code: 'TR321',
    niveau: 3,
    retourcode: '9321',
    tekst:
      'Een prestatie past in de omvang die voor haar periode is toegewezen; bij iWmo mag hulp bij het huishouden per week tot zes keer het weekvolume.',
    melding: 'Verlaag GeleverdVolume: het is meer dan de toewijzing in deze ProductPeriode toelaat.',
    ...opVolume,
    controleer: pastInPeriode,
  },
  {
    code: 'TR322',
    niveau: 3,
    retourcode: '9322',
    tekst: 'Alle prestaties op een toewijzing samen passen in de omvang over haar hele looptijd.',
    melding: 'Verlaag GeleverdVolume: samen met de eerdere prestaties is het meer dan de toewijzing in totaal toelaat.',
    ...opVolume,
    controleer: pastInLooptijd,
  },
  {
    code: 'TR369',
    niveau: 3,
    retourcode: '9369',
    tekst: 'Alle prestaties op een toewijzing met een budget blijven samen binnen dat budget.',
    melding: 'Verlaag GeleverdVolume: samen met de eerdere prestaties is het meer dan het budget van de toewijzing.',
    twijfel:
      'Een waarschuwing als het budget pas wordt overschreden doordat prestaties in een andere eenheid dan euro meetellen: de regel telt volumes op, en zegt niet hoe die zich tot een budget in euro’s verhouden.',
    ...opVolume,
    controleer: pastInBudget,
  },
];
