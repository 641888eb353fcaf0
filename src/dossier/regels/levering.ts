/** Rules across messages that a start (305) and a stop (307) share. Source: TR019, TR063 and TR074 of both standards. */
import { jarenLater } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import type { Levering } from '../feiten.ts';
import type { Leveringstand } from '../leveringen.ts';
import { botst, type Dossierregel, GOED, ontbreekt, type Uitspraak } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { isVanDeze, isVerwijderd, zoekToewijzing } from '../toewijzingen.ts';
import { botstMet } from '../vast.ts';

/** A StartProduct or StopProduct of a message. */
export interface Leveringzicht {
  readonly levering: Levering;
  /** ToewijzingIngangsdatum. */
  readonly ingangsdatum: string | undefined;
  /** The deliveries of the person before this one: of a removal those before the message, else with what stands above it in the message. */
  readonly stand: Leveringstand;
  readonly bericht: TeSchouwen;
}

const VROEGSTE_DAG = '0001-01-01';

function opToewijzing({ levering, ingangsdatum, bericht }: Leveringzicht): Uitspraak {
  const { toewijzing, persoon, begindatum } = levering;
  // Taakgericht work has no toewijzing (IV096), and the message does not say which way of working it is.
  if (toewijzing === null) return GOED;
  const genoemd = zoekToewijzing(bericht, toewijzing, persoon);
  if (genoemd.van === 'deze' && isVerwijderd(genoemd.versie)) return botst('twijfel', [genoemd.versie]);
  // Without its first day: it may have ended before the dossier began, which this rule does not mind; but not a year before. It may also have
  // been removed, however long ago it ended.
  const dag = ingangsdatum ?? (bericht.kennis.isOpgeruimd ? VROEGSTE_DAG : jarenLater(begindatum, -1));
  return isVanDeze(genoemd, bericht, dag);
}

/** Everything about deliveries that is absent depends on the day they began. */
export const ontbreektNog = ({ levering: { begindatum }, bericht: { kennis } }: Leveringzicht): Uitspraak =>
  ontbreekt(kennis.kent(begindatum));

function eerderGestuurd(zicht: Leveringzicht): Uitspraak {
  const { levering, stand } = zicht;
  if (stand.aanwezig(levering).length > 0) return GOED;
  const verwijderd = stand.verwijderd(levering);
  return verwijderd.length > 0 ? botst('twijfel', verwijderd) : ontbreektNog(zicht);
}

const nogNietGestuurd = ({ levering, stand, bericht }: Leveringzicht): Uitspraak =>
  botstMet(bericht, stand.aanwezig(levering));

/** Collides with one that is there. */
export const botstMetEen = (bericht: TeSchouwen, levering: Levering | undefined): Uitspraak =>
  botstMet(bericht, levering ? [levering] : []);

/** For StatusAanlevering 3 (verwijderen). */
export const VERWIJDERREGELS: readonly Dossierregel<Leveringzicht>[] = [
  {
    code: 'TR063',
    niveau: 3,
    retourcode: '9063',
    tekst:
      'Alleen een melding die eerder met dezelfde sleutel is gestuurd, kan worden verwijderd (StatusAanlevering 3).',
    melding:
      'Controleer de sleutelgegevens (toewijzing, product, datums en reden): er is geen eerdere melding met deze gegevens om te verwijderen.',
    twijfel:
      'Een waarschuwing als de melding al eerder verwijderd is: de norm zegt niet of een melding twee keer verwijderd mag worden.',
    plaatsen: [plaats('305', 'StartProduct', 'StatusAanlevering'), plaats('307', 'StopProduct', 'StatusAanlevering')],
    element: 'StatusAanlevering',
    controleer: eerderGestuurd,
  },
];

/** For StatusAanlevering 1 (eerste aanlevering). */
export const AANLEVERREGELS: readonly Dossierregel<Leveringzicht>[] = [
  {
    code: 'TR019',
    niveau: 3,
    retourcode: '9019',
    tekst: 'Een start of stop noemt het nummer van een toewijzing, tenzij de werkwijze taakgericht is.',
    melding: 'Neem het ToewijzingNummer over uit een toewijzing die voor deze cliënt is ontvangen.',
    twijfel:
      'Een waarschuwing als de toewijzing is verwijderd, of van een andere cliënt is en het bericht met die toewijzing dit bericht gekruist kan hebben.',
    plaatsen: [plaats('305', 'StartProduct', 'ToewijzingNummer'), plaats('307', 'StopProduct', 'ToewijzingNummer')],
    element: 'ToewijzingNummer',
    controleer: opToewijzing,
  },
  {
    code: 'TR074',
    niveau: 3,
    retourcode: '9074',
    tekst:
      'Een eerste aanlevering heeft een sleutel die nog niet eerder is gemeld; wat weer verwijderd is, telt niet mee.',
    melding: 'Deze melding is al eerder gestuurd: laat haar weg, of verwijder eerst de eerdere (StatusAanlevering 3).',
    plaatsen: [plaats('305', 'StartProduct', ''), plaats('307', 'StopProduct', '')],
    element: '',
    controleer: nogNietGestuurd,
  },
];
