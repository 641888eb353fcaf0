/** What happens with the files of one upload: each message is checked; what is right is sent, when that was asked. */
import { createHash } from 'node:crypto';
import { leverAan, type Ontvangstbewijs } from '../../../aanlevering/aanlevering.ts';
import { isZip, leesZip, zipgrenzen } from '../../../aanlevering/zip.ts';
import { berichtUit } from '../../../envelop/uitpakken.ts';
import { KnooppuntFout } from '../../../fouten.ts';
import { type BewijsMetUitkomst, bewijsMetUitkomst } from '../../../http/bewijs.ts';
import { controleerVoor } from '../../../http/controle.ts';
import { boekWeigering } from '../../../http/geweigerd.ts';
import { geheel } from '../../../http/lichaam.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { type Probleem, probleemVan } from '../../../http/probleem.ts';
import { afgeleideUuid } from '../../../identiteit.ts';
import type { Rapport } from '../../../standards/rapport.ts';
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import type { Uploadbestand } from '../../upload.ts';

/** So long the page waits for what becomes of what was sent: usually it is known at once. */
const WACHT_MS = 5000;

/** Of one message in the upload. */
export interface Uitslag {
  readonly naam: string;
  /** Its text, to put findings beside; not kept when there are none. */
  readonly tekst: string | undefined;
  readonly rapport: Rapport | undefined;
  /** Why it was refused, before or after the check. */
  readonly probleem: Probleem | undefined;
  /** What became of it, when it was sent. */
  readonly bewijs: BewijsMetUitkomst | undefined;
}

const ENVELOP =
  'Dit is een envelop van StUF-GGk. Hier verstuurt u het bericht dat erin zit, zonder de envelop; een envelop gaat over StUF.';

interface Document {
  readonly naam: string;
  readonly lees: () => Promise<Buffer>;
}

const leeg = (naam: string): Uitslag => ({
  naam,
  tekst: undefined,
  rapport: undefined,
  probleem: undefined,
  bewijs: undefined,
});

/** The messages in a file: itself, or those in the ZIP. A ZIP that is refused as a whole is one outcome. */
async function documenten(bestand: Uploadbestand, maxBytes: number): Promise<readonly (Document | Uitslag)[]> {
  if (!isZip(bestand.bytes)) return [{ naam: bestand.naam, lees: async () => bestand.bytes }];
  try {
    const ingangen = await leesZip(bestand.bytes, zipgrenzen(maxBytes));
    return ingangen.map(({ bestand: naam, inhoud }) => ({
      naam: `${bestand.naam} › ${naam}`,
      lees: () => geheel(inhoud, maxBytes),
    }));
  } catch (fout) {
    return [{ ...leeg(bestand.naam), probleem: probleemVan(fout).probleem }];
  }
}

/** The number of a message depends on the form and on its bytes: whoever sends a form twice, sends its messages once. */
async function stuur(
  omgeving: Omgeving,
  { client }: Gebruiker,
  zending: string,
  bytes: Buffer,
): Promise<Ontvangstbewijs> {
  const referentienummer = afgeleideUuid(
    'portaal',
    client.id,
    zending,
    createHash('sha256').update(bytes).digest('hex'),
  );
  const sinds = performance.now();
  const bewijs = await leverAan(omgeving.loket, {
    client,
    kenmerken: () => ({ referentienummer }),
    inhoud: (async function* () {
      yield bytes;
    })(),
  });
  omgeving.metriek.aangenomen('portaal', bewijs, (performance.now() - sinds) / 1000);
  return bewijs;
}

async function verwerkEen(
  omgeving: Omgeving,
  gebruiker: Gebruiker,
  document: Document,
  zending: string | undefined,
): Promise<Uitslag & { readonly ontvangst?: Ontvangstbewijs }> {
  let rapport: Rapport | undefined;
  let tekst: string | undefined;
  try {
    const bytes = await document.lees();
    rapport = await controleerVoor(omgeving, gebruiker.client, bytes);
    if (rapport.bevindingen.length > 0) tekst = (rapport.envelop ? berichtUit(bytes) : bytes).toString('utf8');
    if (zending === undefined || !rapport.geldig) return { ...leeg(document.naam), tekst, rapport };
    if (rapport.envelop) throw new KnooppuntFout('berichtsoortOnbekend', ENVELOP);
    return { ...leeg(document.naam), tekst, rapport, ontvangst: await stuur(omgeving, gebruiker, zending, bytes) };
  } catch (fout) {
    const { soort, probleem } = probleemVan(fout);
    if (probleem.status >= 500 && !(fout instanceof KnooppuntFout))
      omgeving.logFout('bestand uit het portaal mislukt', fout);
    if (zending !== undefined) await boekWeigering(omgeving, { actor: gebruiker.client.id, soort });
    return { ...leeg(document.naam), tekst, rapport, probleem };
  }
}

/**
 * @param zending number of the form that was sent; undefined: only check
 * @param weg when nobody waits any more
 * @returns of each message what was found and what became of it, in the order of the upload
 */
export async function verwerkUpload(
  omgeving: Omgeving,
  gebruiker: Gebruiker,
  bestanden: readonly Uploadbestand[],
  zending: string | undefined,
  weg: AbortSignal,
): Promise<readonly Uitslag[]> {
  const { maxBerichtBytes } = omgeving.config;
  const uitslagen: (Uitslag & { readonly ontvangst?: Ontvangstbewijs })[] = [];
  for (const bestand of bestanden)
    for (const document of await documenten(bestand, maxBerichtBytes))
      uitslagen.push('lees' in document ? await verwerkEen(omgeving, gebruiker, document, zending) : document);
  const einde = performance.now() + WACHT_MS;
  return Promise.all(
    uitslagen.map(async ({ ontvangst, ...uitslag }) =>
      ontvangst
        ? {
            ...uitslag,
            bewijs: await bewijsMetUitkomst(omgeving, ontvangst, Math.max(1, einde - performance.now()), weg),
          }
        : uitslag,
    ),
  );
}
