/**
 * The verdict on one message: its one outcome, what is delivered, and what the switch answers (design: who checks what, who answers
 * what). Pure: same message, same settings, same verdict; the turn writes it down.
 */
import { schrijfFo01, zenderVan } from '../envelop/fo01.ts';
import { afgeleideUuid } from '../identiteit.ts';
import { goedkeuring } from '../retourberichten/antwoord.ts';
import type { Instelling } from '../routering/instellingen.ts';
import type { Bevinding, Controleniveau } from '../standards/bevinding.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import { type Controle, HOOGSTE_NIVEAU } from '../standards/controle.ts';
import type { Foutlijst } from '../standards/foutcodes/lijsten.ts';
import type { Toestand } from '../toestanden.ts';

/** A received message as the lane sees it. */
export interface TeVerwerken {
  readonly id: string;
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  /** The setting of the receiver for this domain. */
  readonly instelling: Pick<Instelling, 'controleniveau' | 'retour'>;
  /** Which fault list the sender reads. */
  readonly foutlijst: Foutlijst;
}

/** A message that the switch makes; goes to the postbus of the sender of the message it answers. */
export interface Gemaakt {
  readonly id: string;
  readonly berichtsoort: string;
  readonly domein: string;
  readonly release: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly kruisreferentie: string;
  readonly identificatie: string | null;
  readonly heenbericht: string;
  readonly bytes: Buffer;
}

export interface Uitkomst {
  readonly toestand: Exclude<Toestand, 'ontvangen'>;
  /** Does it go to the postbus of its receiver? */
  readonly bezorgen: boolean;
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
  readonly gemaakt: readonly Gemaakt[];
}

function aanAfzender(
  bericht: TeVerwerken,
  berichtsoort: string,
  afzender: string,
  identificatie: string | null,
  bytes: Buffer,
): Gemaakt {
  return {
    id: afgeleideUuid('bericht', berichtsoort, bericht.id),
    berichtsoort,
    domein: bericht.soort.domein,
    release: bericht.soort.release,
    afzender,
    ontvanger: bericht.afzender,
    referentienummer: afgeleideUuid('referentienummer', berichtsoort, bericht.id),
    kruisreferentie: bericht.referentienummer,
    identificatie,
    heenbericht: bericht.id,
    bytes,
  };
}

function foutbericht(bericht: TeVerwerken, bevindingen: readonly Bevinding[], moment: Date): Gemaakt {
  const bytes = schrijfFo01({
    fout: 'payloadNietConformXsd',
    lijst: bericht.foutlijst,
    soort: bericht.soort,
    ontvanger: bericht.afzender,
    referentienummer: afgeleideUuid('referentienummer', 'Fo01', bericht.id),
    kruisreferentie: bericht.referentienummer,
    moment,
    bevindingen,
  });
  return aanAfzender(bericht, 'Fo01', zenderVan(bericht.foutlijst), null, bytes);
}

/** How far this message is checked. */
export const teControlerenNiveau = ({ instelling }: TeVerwerken): Controleniveau =>
  Math.min(instelling.controleniveau, HOOGSTE_NIVEAU) as Controleniveau;

/**
 * @param bericht the message and the settings of its parties
 * @param controle what the control levels found, see controleer
 * @param moment the time of the verdict
 */
export function oordeel(bericht: TeVerwerken, controle: Controle, moment: Date): Uitkomst {
  const { niveau, bevindingen } = controle;
  if (!controle.geldig) {
    return {
      toestand: 'afgekeurd',
      bezorgen: false,
      niveau,
      bevindingen,
      gemaakt: [foutbericht(bericht, bevindingen, moment)],
    };
  }
  // At level 0 the switch does not read the payload, so there is nothing to compose an answer from.
  const { delen } = controle;
  const antwoord =
    bericht.instelling.retour === 'knooppunt' && delen
      ? goedkeuring(bericht.soort, delen, bericht.id, moment)
      : undefined;
  const gemaakt = antwoord
    ? [aanAfzender(bericht, antwoord.soort.code, bericht.ontvanger, antwoord.identificatie, antwoord.bytes)]
    : [];
  return { toestand: 'verwerkt', bezorgen: true, niveau, bevindingen, gemaakt };
}
