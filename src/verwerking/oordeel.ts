/**
 * The verdict on one message: its one outcome, what is delivered, and what the switch answers (design: who checks what, who answers
 * what). Pure: same message, same settings, same verdict; the turn writes it down.
 */

import type { Dossierstand } from '../dossier/kennis.ts';
import { schrijfFo01, zenderVan } from '../envelop/fo01.ts';
import { metEnvelop } from '../envelop/origineel.ts';
import { afgeleideUuid } from '../identiteit.ts';
import { antwoord } from '../retourberichten/antwoord.ts';
import type { Instelling } from '../routering/instellingen.ts';
import type { Antwoordoordeel } from '../standards/afkeuring.ts';
import { type Bevinding, type Controleniveau, isFout } from '../standards/bevinding.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Controle } from '../standards/controle.ts';
import { type Foutlijst, foutcode, foutsleutel } from '../standards/foutcodes/lijsten.ts';
import type { Toestand } from '../toestanden.ts';

/** A received message as the lane sees it. */
export interface TeVerwerken {
  readonly id: string;
  readonly soort: Berichtsoort;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly kruisreferentie: string | null;
  readonly ontvangenOp: Date;
  /** The setting of the receiver for this domain. */
  readonly instelling: Pick<Instelling, 'controleniveau' | 'retour'>;
  /** Which fault list the sender reads. */
  readonly foutlijst: Foutlijst;
  /** What is known of the dossier of its lane; null: nobody in this lane wants one. */
  readonly dossier: Dossierstand | null;
  /** Is it kept for the set for the NZa? */
  readonly nza: boolean;
  /** Place in the lane of the message that it answers. */
  readonly heen: number | null;
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
  /** What a retour or 325 says of it. */
  readonly oordeel: Antwoordoordeel | null;
  /** Of a Fo01: its code, see foutsleutel. */
  readonly foutcode: string | null;
  readonly bytes: Buffer;
}

export interface Uitkomst {
  readonly toestand: Exclude<Toestand, 'ontvangen'>;
  /** Does it go to the postbus of its receiver? */
  readonly bezorgen: boolean;
  readonly niveau: Controleniveau;
  readonly bevindingen: readonly Bevinding[];
  /** What a message that answers another says of it, when it was read. */
  readonly oordeel: Antwoordoordeel | null;
  readonly gemaakt: readonly Gemaakt[];
}

type Antwoorddeel = Pick<Gemaakt, 'afzender' | 'identificatie' | 'oordeel' | 'foutcode' | 'bytes'>;

function aanAfzender(bericht: TeVerwerken, berichtsoort: string, deel: Antwoorddeel): Gemaakt {
  return {
    ...deel,
    id: afgeleideUuid('bericht', berichtsoort, bericht.id),
    berichtsoort,
    domein: bericht.soort.domein,
    release: bericht.soort.release,
    ontvanger: bericht.afzender,
    referentienummer: afgeleideUuid('referentienummer', berichtsoort, bericht.id),
    kruisreferentie: bericht.referentienummer,
    heenbericht: bericht.id,
  };
}

function foutbericht(
  bericht: TeVerwerken,
  bevindingen: readonly Bevinding[],
  moment: Date,
  inhoud: Uint8Array,
): Gemaakt {
  const fout = 'payloadNietConformXsd';
  const bytes = schrijfFo01({
    fout,
    lijst: bericht.foutlijst,
    soort: bericht.soort,
    ontvanger: bericht.afzender,
    referentienummer: afgeleideUuid('referentienummer', 'Fo01', bericht.id),
    kruisreferentie: bericht.referentienummer,
    moment,
    bevindingen,
    origineel: metEnvelop({
      zender: bericht.afzender,
      ontvanger: bericht.ontvanger,
      referentienummer: bericht.referentienummer,
      kruisreferentie: bericht.kruisreferentie,
      moment: bericht.ontvangenOp,
      soort: bericht.soort,
      heen: bericht.soort.aard === 'heen',
      inhoud,
    }),
  });
  return aanAfzender(bericht, 'Fo01', {
    afzender: zenderVan(bericht.foutlijst),
    identificatie: null,
    oordeel: null,
    foutcode: foutsleutel(foutcode(fout, bericht.foutlijst)),
    bytes,
  });
}

/** Where a fout leaves the rest of a declaratie alone: in a client or below (IV087). */
const IN_CLIENT = '/Bericht/Declaratie/Clienten/';

/** What a message is worth after its check. */
type Lot =
  /** No answer of the norm is possible: the sender gets a Fo01. */
  | 'geweigerd'
  /** It counts as not sent; the answer says why. */
  | 'afgekeurd'
  /** It goes on, with an answer. */
  | 'beantwoord'
  /** It goes on, and the receiver answers. */
  | 'doorgegeven';

/**
 * Level 1: Fo01. Level 2: refused with 0001; but what has no answer of its own (a retour, a 325) is delivered with its findings, because the
 * norm has no way to tell its sender (OP090x2). Levels 3 and 4: only the switch refuses when the receiver lets it answer, and of a
 * declaratie the part that is right goes on.
 */
function lotVan({ soort, instelling }: TeVerwerken, { bevindingen, inhoud }: Controle): Lot {
  const fouten = bevindingen.filter(isFout);
  if (fouten.some(({ niveau }) => niveau <= 1)) return 'geweigerd';
  const beantwoordbaar = soort.antwoord !== null && inhoud !== undefined;
  if (fouten.some(({ niveau }) => niveau === 2)) return beantwoordbaar ? 'afgekeurd' : 'doorgegeven';
  if (instelling.retour === 'zelf' || !beantwoordbaar) return 'doorgegeven';
  return fouten.every(({ pad }) => pad.startsWith(IN_CLIENT)) ? 'beantwoord' : 'afgekeurd';
}

/**
 * @param bericht the message and the settings of its parties
 * @param controle what the control levels found, see controleer
 * @param moment the time of the verdict
 * @param origineel the content of the message, as it came
 */
export function oordeel(bericht: TeVerwerken, controle: Controle, moment: Date, origineel: Uint8Array): Uitkomst {
  const { niveau, bevindingen, inhoud, nietBeoordeeld } = controle;
  const lot = lotVan(bericht, controle);
  const goed = lot === 'beantwoord' || lot === 'doorgegeven';
  const toestand = goed ? 'verwerkt' : 'afgekeurd';
  const uitkomst = { toestand, bezorgen: goed, niveau, bevindingen, oordeel: controle.oordeel ?? null } as const;
  if (lot === 'geweigerd') return { ...uitkomst, gemaakt: [foutbericht(bericht, bevindingen, moment, origineel)] };
  const gegeven =
    lot === 'doorgegeven' || !inhoud
      ? undefined
      : antwoord(bericht.soort, inhoud, bevindingen, {
          heenId: bericht.id,
          moment,
          ...(nietBeoordeeld && { nietBeoordeeld }),
        });
  if (!gegeven) return { ...uitkomst, gemaakt: [] };
  const { identificatie, bytes, oordeel = null } = gegeven;
  const deel = { afzender: bericht.ontvanger, identificatie, oordeel, foutcode: null, bytes };
  return { ...uitkomst, gemaakt: [aanAfzender(bericht, gegeven.soort.code, deel)] };
}
