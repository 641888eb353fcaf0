/** A change of routering by the operator, wherever it comes from: the API and the pages do the same. */
import { eisBeheerder } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import type { Omgeving } from './omgeving.ts';

/** Only for the operator; and our own process knows the change when the answer goes out. */
export function wijziger({ routering }: Pick<Omgeving, 'routering'>) {
  return async <T>(client: Client, werk: (actor: string) => Promise<T>): Promise<T> => {
    eisBeheerder(client);
    const waarde = await werk(client.id);
    // The change stands; should reading it fail now, it is read again within seconds.
    await routering.ververs().catch(() => undefined);
    return waarde;
  };
}
