/** How we show the broker who we are: a secret, or a statement signed with a key of ours. Read from its file once, at the start. */
import { createPrivateKey, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ClientAuth, ClientSecretBasic, PrivateKeyJwt } from 'openid-client';
import type { Brokerconfig } from '../../config-portaal.ts';
import { ConfiguratieFout } from '../../fouten.ts';

const ALGORITME: Readonly<
  Record<string, webcrypto.RsaHashedImportParams | webcrypto.EcKeyImportParams | { name: string }>
> = {
  rsa: { name: 'RSA-PSS', hash: 'SHA-256' },
  ec: { name: 'ECDSA', namedCurve: 'P-256' },
  ed25519: { name: 'Ed25519' },
};

function lees(bestand: string): string {
  try {
    return readFileSync(bestand, 'utf8').trim();
  } catch (oorzaak) {
    throw new ConfiguratieFout('Het bestand van KNOOPPUNT_PORTAAL_GEHEIM of KNOOPPUNT_PORTAAL_SLEUTEL ontbreekt.', {
      cause: oorzaak,
    });
  }
}

/** @throws ConfiguratieFout with a Dutch sentence */
export async function leesBewijs({ bewijs }: Pick<Brokerconfig, 'bewijs'>): Promise<ClientAuth> {
  const tekst = lees(bewijs.bestand);
  if (bewijs.soort === 'geheim') {
    if (tekst === '') throw new ConfiguratieFout('Het bestand van KNOOPPUNT_PORTAAL_GEHEIM is leeg.');
    return ClientSecretBasic(tekst);
  }
  try {
    const sleutel = createPrivateKey(tekst);
    const algoritme = ALGORITME[sleutel.asymmetricKeyType ?? ''];
    if (!algoritme) throw new Error('a kind of key that we do not sign with');
    const der = sleutel.export({ format: 'der', type: 'pkcs8' });
    const key = await webcrypto.subtle.importKey('pkcs8', der, algoritme, false, ['sign']);
    return PrivateKeyJwt(bewijs.id === undefined ? key : { key, kid: bewijs.id });
  } catch (oorzaak) {
    throw new ConfiguratieFout(
      'Het bestand van KNOOPPUNT_PORTAAL_SLEUTEL is geen geheime sleutel (PEM, PKCS 8) van RSA, P-256 of Ed25519.',
      { cause: oorzaak },
    );
  }
}
