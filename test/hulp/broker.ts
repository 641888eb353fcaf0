/** A broker as eHerkenning has them, as one gets it from npm: who comes there is logged in at once, as whom the test says. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK } from 'jose';
import Provider from 'oidc-provider';
import { maakSleutelpaar } from './toegang.ts';

export const KVK = 'urn:etoegang:1.9:EntityConcernedID:KvKnr';
export const EH2 = 'urn:etoegang:core:assurance-class:loa2';
export const EH3 = 'urn:etoegang:core:assurance-class:loa3';
export const CLIENT = { id: 'knooppunt-portaal', geheim: 'geheim-van-het-portaal-0123456789' };

export interface Bezoeker {
  readonly persoon: string;
  /** undefined: the broker does not tell. */
  readonly kvk?: string | undefined;
  readonly acr?: string;
  /** Presses cancel. */
  readonly afbreken?: boolean;
}

export interface Proefbroker {
  readonly uitgever: string;
  /** Who comes next. */
  bezoeker: Bezoeker;
  stop(): Promise<void>;
}

/** @param adres of the portal */
export async function startBroker(adres: string): Promise<Proefbroker> {
  const server = createServer();
  await new Promise<void>((klaar) => server.listen(0, '127.0.0.1', klaar));
  const uitgever = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const paar = await maakSleutelpaar('ES256', 'broker-1');
  const kvk = new Map<string, string | undefined>();
  const provider = new Provider(uitgever, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.geheim,
        redirect_uris: [`${adres}/portaal/aanmelden/terug`],
        post_logout_redirect_uris: [`${adres}/portaal/afgemeld`],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(paar.prive)), kid: paar.kid, alg: paar.alg, use: 'sig' }] },
    cookies: { keys: ['een-sleutel-van-de-broker'] },
    acrValues: [EH2, EH3],
    claims: { openid: ['sub', 'acr', KVK] },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/inloggen' },
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(kvk.get(id) && { [KVK]: kvk.get(id) }) }),
    }),
  });
  const doe = provider.callback();
  const broker: Proefbroker = {
    uitgever,
    bezoeker: { persoon: 'niemand' },
    stop: () =>
      new Promise((klaar) => {
        server.close(() => klaar());
        server.closeAllConnections();
      }),
  };
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/inloggen')) return void doe(req, res);
    const { persoon, acr = EH3, afbreken, kvk: nummer } = broker.bezoeker;
    kvk.set(persoon, nummer);
    const rondAf = async (): Promise<void> => {
      await provider.interactionDetails(req, res);
      if (afbreken) return provider.interactionFinished(req, res, { error: 'access_denied' });
      const grant = new provider.Grant({ accountId: persoon, clientId: CLIENT.id });
      grant.addOIDCScope('openid');
      const uitkomst = {
        login: { accountId: persoon, acr, remember: false },
        consent: { grantId: await grant.save() },
      };
      return provider.interactionFinished(req, res, uitkomst);
    };
    rondAf().catch((fout: unknown) => res.writeHead(500).end(String(fout)));
  });
  return broker;
}
