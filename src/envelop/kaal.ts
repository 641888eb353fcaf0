/** An envelope that lies somewhere as a file: one message of the exchange, without SOAP around it. */
import { type Bot, sleutel } from '../xml/skelet.ts';
import { SkeletLezer } from '../xml/skeletlezer.ts';
import { type Berichtwijzer, weiger } from './soap.ts';

/** Reads it as SoapLezer reads a call. */
export class KaalLezer {
  readonly #lezer: SkeletLezer;

  constructor(wijs: Berichtwijzer) {
    this.#lezer = new SkeletLezer({
      wijs: ({ omgeving, naam, namespace }) => wijs([...omgeving, sleutel(namespace, naam)]),
      weiger,
    });
  }

  /** @throws StufFout at the first byte that makes it no XML, and whatever the guide throws */
  lees(bytes: Uint8Array): void {
    this.#lezer.lees(bytes);
  }

  /** @returns the skeleton of the message */
  einde(): Bot {
    return this.#lezer.einde() ?? weiger('berichtOnbekend');
  }

  /** As far as it was read. */
  get skelet(): Bot | undefined {
    return this.#lezer.skelet;
  }
}
