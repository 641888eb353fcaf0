/** Of oidc-provider, which has no types of its own, what the tests use. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface Interactie {
    readonly grantId?: string;
    readonly params: Readonly<Record<string, unknown>>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (van: {
      accountId: string;
      clientId: string;
    }) => {
      addOIDCScope(scope: string): void;
      save(): Promise<string>;
    };
    callback(): RequestListener;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interactie>;
    interactionFinished(req: IncomingMessage, res: ServerResponse, uitkomst: object): Promise<void>;
    proxy: boolean;
  }
}
