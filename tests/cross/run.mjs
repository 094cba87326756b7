// Runs a WebAssembly program that needs `putchar` and `exit` alone:
//
//   node run.mjs program.wasm
//
// Ends with the program's status.
import { readFileSync, writeSync } from "node:fs";

let line = [];
const putchar = (character) => {
    line.push(character);
    if (character === 10) {
        writeSync(1, Uint8Array.from(line));
        line = [];
    }
    return character;
};
const program = await WebAssembly.compile(readFileSync(process.argv[2]));
const { exports } = await WebAssembly.instantiate(program, { env: { putchar, exit: process.exit } });
process.exit(exports.main());
