/** Rules across messages on a stop (307) with StatusAanlevering 1. Source: TR382 and TR413 to TR415 of both standards. */
import { vergelijk } from '../../standards/datum.ts';
import { plaats } from '../../standards/elders-rij.ts';
import { TIJDELIJK } from '../feiten.ts';
import { alsStart } from '../leveringen.ts';
import { type Dossierregel, GOED, type Uitspraak } from '../regel.ts';
import { botstMet } from '../vast.ts';
import { botstMetEen, type Leveringzicht, ontbreektNog } from './levering.ts';

function heeftStart(zicht: Leveringzicht): Uitspraak {
  const { levering, stand } = zicht;
  const start = alsStart(levering);
  if (stand.aanwezig(start).length > 0) return GOED;
  const verwijderd = stand.verwijderd(start);
  return verwijderd.length > 0 ? botstMet(zicht.bericht, verwijderd) : ontbreektNog(zicht);
}

const nietTweeKeerTijdelijk = ({ levering, stand, bericht }: Leveringzicht): Uitspraak =>
  botstMetEen(bericht, levering.redenBeeindiging === TIJDELIJK ? stand.stops(levering)?.tijdelijk : undefined);

function nietEerder({ levering, stand, bericht }: Leveringzicht): Uitspraak {
  const laatste = stand.stops(levering)?.laatste;
  if (!laatste || levering.einddatum === null || laatste.einddatum === null) return GOED;
  return vergelijk(levering.einddatum, laatste.einddatum) < 0 ? botstMetEen(bericht, laatste) : GOED;
}

const nietNaDefinitief = ({ levering, stand, bericht }: Leveringzicht): Uitspraak =>
  botstMetEen(bericht, stand.stops(levering)?.definitief);

export const STOPREGELS: readonly Dossierregel<Leveringzicht>[] = [
  {
    code: 'TR382',
    niveau: 3,
    // The list of retourcodes ties 9069 to a rule that does not exist; this is the one that it describes.
    retourcode: '9069',
    tekst: 'Een stop heeft in de sleutelelementen dezelfde waarden als de start die erbij hoort.',
    melding:
      'Neem ToewijzingNummer, Product en Begindatum over van de start die gestopt wordt, en meld die start eerst als dat nog niet is gebeurd.',
    plaatsen: [plaats('307', 'StopProduct', '')],
    element: '',
    controleer: heeftStart,
  },
  {
    code: 'TR413',
    niveau: 3,
    retourcode: '9413',
    tekst: 'Een levering die al tijdelijk gestopt is (RedenBeeindiging 20), wordt niet nog eens tijdelijk gestopt.',
    melding:
      'Deze levering is al tijdelijk gestopt: meld een definitieve stop, of eerst een nieuwe start, of verwijder de eerdere stop.',
    plaatsen: [plaats('307', 'StopProduct', 'RedenBeeindiging')],
    element: 'RedenBeeindiging',
    controleer: nietTweeKeerTijdelijk,
  },
  {
    code: 'TR414',
    niveau: 3,
    retourcode: '9414',
    tekst: 'Een volgende stop van dezelfde levering eindigt niet eerder dan de stop die nu geldt.',
    melding: 'Kies een Einddatum die niet vóór die van de eerdere stop van deze levering ligt.',
    plaatsen: [plaats('307', 'StopProduct', 'Einddatum')],
    element: 'Einddatum',
    controleer: nietEerder,
  },
  {
    code: 'TR415',
    niveau: 3,
    retourcode: '9415',
    tekst:
      'Na een definitieve stop (RedenBeeindiging anders dan 20) komt er voor dezelfde levering geen stop meer bij.',
    melding: 'Deze levering is al definitief gestopt: laat de stop weg, of verwijder eerst de eerdere stop.',
    plaatsen: [plaats('307', 'StopProduct', 'RedenBeeindiging')],
    element: 'RedenBeeindiging',
    controleer: nietNaDefinitief,
  },
];
