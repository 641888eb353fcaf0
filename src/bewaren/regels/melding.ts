/** What the parties to a message are told before it lapses: facts of the envelope, nothing of the content. Pure. */
import { VERVALMELDING } from '../../toestanden.ts';

export const MELDINGVERSIE = '1.0';

/** A message that will lapse. */
export interface Vervallend {
  readonly berichtId: string;
  readonly referentienummer: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly ontvangenOp: string;
  readonly bezorging: string;
  readonly vervaltOp: string;
}

const UITLEG = {
  afzender:
    'De ontvanger heeft deze berichten niet bevestigd. Na vervaltOp worden zij niet meer aangeboden en is hun inhoud weg. Neem contact op met de ontvanger.',
  ontvanger:
    'U heeft deze berichten niet bevestigd. Haal ze op en bevestig ze voor vervaltOp; daarna worden zij niet meer aangeboden en is hun inhoud weg.',
} as const;
export type Kant = keyof typeof UITLEG;

/** @param kant of the party that is told */
export const schrijfMelding = (kant: Kant, berichten: readonly Vervallend[]): Buffer =>
  Buffer.from(
    JSON.stringify({ soort: VERVALMELDING, versie: MELDINGVERSIE, uAls: kant, uitleg: UITLEG[kant], berichten }),
  );
