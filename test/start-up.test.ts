import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { ROOT, temporaryFolder } from './support/publication.ts';
import { traffic } from './support/traffic.ts';

/** The packages that a file loads when it is loaded itself, and not only where it comes to need them. */
async function packagesOf(file: string): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    entryPoints: [path.join(ROOT, file)],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
  });
  const packages = new Set<string>();
  const files = [file];
  for (const one of files)
    for (const { path: imported, kind, external } of metafile.inputs[one]!.imports) {
      if (kind === 'dynamic-import') continue;
      if (external) packages.add(imported);
      else if (!files.includes(imported)) files.push(imported);
    }
  return new Set([...packages].filter(name => !name.startsWith('node:')));
}

test('to know its own words the program loads one package', async () => {
  assert.deepEqual(await packagesOf('cli/main.ts'), new Set(['commander']));
});

test('reading mail and listing threads load nothing that makes pages or speaks to servers', async () => {
  for (const command of ['import', 'threads', 'verify']) {
    const packages = await packagesOf(`cli/commands/${command}.ts`);
    assert.ok(packages.has('libsql'), command);
    for (const name of ['@11ty/eleventy', 'htmlparser2', 'imapflow', 'lunr', 'marked'])
      assert.ok(!packages.has(name), `${command}: ${name}`);
  }
});

test('each command has a file, and its help and its errors are the same alone as beside the others', async context => {
  const files = fs.readdirSync(path.join(ROOT, 'cli', 'commands')).map(name => path.basename(name, '.ts'));
  const help = (await traffic('--help')).out;
  for (const name of files) {
    assert.match(help, new RegExp(`^ {2}${name} `, 'm'));
    assert.equal((await traffic(name, '--help')).out, (await traffic('help', name)).out);
  }
  assert.match((await traffic('biuld')).err, /unknown command 'biuld'\n?.*Did you mean build/s);
  const folder = temporaryFolder(context);
  assert.deepEqual(await traffic('-C', folder, '--version'), await traffic('--version'));
});

test('the stack of a fault names the lines of the TypeScript, though types are gone from what runs', context => {
  const folder = temporaryFolder(context);
  const file = path.join(folder, 'fault.ts');
  fs.writeFileSync(
    file,
    'interface Lost {\n  readonly words: string;\n}\n\nexport function fault(lost: Lost): never {\n  throw new Error(lost.words);\n}\n',
  );
  const script = `
    await import(${JSON.stringify(path.join(ROOT, 'loader', 'register.js'))});
    const { fault } = await import(${JSON.stringify(file)});
    try { fault({ words: 'here' }); } catch (error) { console.log(error.stack); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.match(stdout, /^Error: here\n {4}at fault \(file:.*fault\.ts:6:9\)\n/);
});

test('a command prints its own words alone, whatever the Node that runs it', () => {
  const run = spawnSync(process.execPath, [path.join(ROOT, 'cli', 'traffic.js'), '--version'], {
    encoding: 'utf8',
  });
  assert.deepEqual([run.status, run.stderr], [0, '']);
});
