/** The one rule on every header. Source: TR056 of both standards. */
import { plaats } from '../../standards/elders-rij.ts';
import type { Dossierregel } from '../regel.ts';
import type { TeSchouwen } from '../te-schouwen.ts';
import { botstMet } from '../vast.ts';

/** BerichtIdentificatie/Identificatie of a message. */
export function identificatieVan({ inhoud }: Pick<TeSchouwen, 'inhoud'>): string {
  const { BerichtIdentificatie } = inhoud.Header as { BerichtIdentificatie: { Identificatie: string } };
  return BerichtIdentificatie.Identificatie;
}

export const BERICHTREGELS: readonly Dossierregel<TeSchouwen>[] = [
  {
    code: 'TR056',
    niveau: 3,
    retourcode: '9056',
    tekst: 'Een verzender gebruikt een berichtidentificatie bij elke berichtsoort maar één keer.',
    melding: 'Geef het bericht een identificatie die nog niet bij deze berichtsoort is gebruikt.',
    element: 'BerichtIdentificatie.Identificatie',
    plaatsen: [
      plaats(['301', '305', '307', '315', '317', '319', '323', '325'], 'Header', 'BerichtIdentificatie.Identificatie'),
    ],
    // What counts as not sent has no fact any more (OP286), so its identificatie is free again.
    controleer: (bericht) =>
      botstMet(bericht, bericht.dossier.berichtenMet(bericht.soort.nummer, identificatieVan(bericht))),
  },
];
