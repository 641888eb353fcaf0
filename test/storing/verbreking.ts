/** A client whose connection breaks after it sent everything and before it heard anything. */
import { connect } from 'node:net';

/**
 * Writes a complete upload to the server and destroys the connection `na` milliseconds later, answer or no answer.
 * The sender knows nothing afterwards: the message may be stored, may be stored in a moment, or may never be.
 */
export function leverAanEnVerbreek(
  adres: string,
  upload: { readonly code: string; readonly xml: Uint8Array; readonly referentienummer: string },
  na: number,
): Promise<void> {
  const { hostname, port } = new URL(adres);
  const kop = [
    'POST /v1/berichten HTTP/1.1',
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer demo-${upload.code}`,
    'Content-Type: application/xml',
    `Referentienummer: ${upload.referentienummer}`,
    `Content-Length: ${upload.xml.length}`,
    '',
    '',
  ].join('\r\n');
  return new Promise((klaar) => {
    const verbinding = connect(Number(port), hostname);
    verbinding.once('error', () => verbinding.destroy());
    verbinding.once('close', () => klaar());
    verbinding.write(kop);
    verbinding.write(upload.xml, () => setTimeout(() => verbinding.destroy(), na));
  });
}
