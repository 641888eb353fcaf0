/** A message in the envelope that its receiver expects: heenbericht as Di01, answer as Du01, a stored Fo01 as it is. */
import { leesAntwoord } from '../envelop/antwoord-lees.ts';
import { schrijfDi01, schrijfDu01 } from '../envelop/schrijf.ts';
import { inSoap } from '../envelop/soap.ts';
import { GGK, STUF } from '../envelop/stuf.ts';
import { BERICHTSOORTEN } from '../standards/catalogus.ts';
import type { Envelop } from './poging.ts';
import type { Geclaimd, Zending } from './types.ts';

/** Of the WSDL of StUF-GGk 2.1. */
const SOAP_ACTION = { Di01: `${GGK}/ggk_Di01`, Du01: `${GGK}/ggk_Du01`, Fo01: `${STUF}/Fo01` } as const;

const zending = (soort: keyof typeof SOAP_ACTION, bytes: Buffer): Zending => ({
  soapAction: SOAP_ACTION[soort],
  lijf: inSoap(bytes),
});

/** The same message gives the same bytes at every attempt, so that a receiver which has it can see that. */
function verpak(bericht: Geclaimd, inhoud: Buffer): Zending | undefined {
  const { berichtsoort, release, referentienummer, kruisreferentie } = bericht;
  if (berichtsoort === 'Fo01') return zending('Fo01', inhoud);
  const soort = BERICHTSOORTEN.find((rij) => rij.code === berichtsoort && rij.release === release);
  if (!soort) return undefined;
  const gegevens = {
    zender: bericht.afzender,
    ontvanger: bericht.postbus,
    referentienummer,
    moment: bericht.ontvangenOp,
    soort,
    inhoud,
  };
  if (soort.aard === 'heen') return zending('Di01', schrijfDi01(gegevens));
  return kruisreferentie === null ? undefined : zending('Du01', schrijfDu01({ ...gegevens, kruisreferentie }));
}

export const ENVELOP: Envelop = { verpak, leesAntwoord };
