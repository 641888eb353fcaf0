/**
 * Documents per second that libxmljs2 parses and validates: `node meet.js BERICHT SCHEMA`.
 * It compiles the schema anew for every validation; that is its only way, and what makes it slow.
 */
const { readFileSync } = require('node:fs');
const { dirname } = require('node:path');
const libxmljs = require('libxmljs2');

const [bericht, schemaBestand] = process.argv.slice(2);
const AANTAL = 200;

// Imports of the schema are looked up from the working directory.
process.chdir(dirname(schemaBestand));
const schema = libxmljs.parseXml(readFileSync(schemaBestand, 'utf8'), { baseUrl: schemaBestand });

function valideer(aantal) {
  for (let nr = 0; nr < aantal; nr += 1) {
    const document = libxmljs.parseXml(readFileSync(bericht, 'utf8'));
    if (!document.validate(schema)) throw new Error('the example is not valid');
  }
}

valideer(AANTAL / 10);
const begin = performance.now();
valideer(AANTAL);
console.log(AANTAL / ((performance.now() - begin) / 1000));
