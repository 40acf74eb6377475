import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
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

test('the stack of a fault names the lines of the TypeScript, though what runs is compiled', () => {
  const script = `
    import { load } from ${JSON.stringify(path.join(ROOT, 'loader', 'program.js'))};
    const { run } = await load('cli/main.ts');
    try { await run({}); } catch (error) { console.log(error.stack); }`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [, place, line] = /\n {4}at explain \((file:.*):(\d+):\d+\)\n/.exec(stdout)!;
  const source = fs.readFileSync(new URL(place!), 'utf8').split('\n')[Number(line) - 1];
  assert.equal(fileURLToPath(place!), path.join(ROOT, 'cli', 'main.ts'));
  assert.equal(source, '  stderr.write(');
});

test('where nothing can be kept beside the packages, the program is compiled for one run', context => {
  const folder = temporaryFolder(context);
  const temporary = path.join(folder, 'temporary');
  fs.mkdirSync(temporary);
  // What is no folder can hold nothing, whoever runs it.
  const program = path.join(folder, 'program');
  for (const name of ['loader', 'cli', 'briefs', 'ingest', 'mail', 'publication', 'site', 'templates'])
    fs.cpSync(path.join(ROOT, name), path.join(program, name), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json'])
    fs.copyFileSync(path.join(ROOT, name), path.join(program, name));
  fs.mkdirSync(path.join(program, 'node_modules'));
  for (const name of fs.readdirSync(path.join(ROOT, 'node_modules')))
    if (!name.startsWith('.'))
      fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(program, 'node_modules', name));
  fs.writeFileSync(path.join(program, 'node_modules', '.cache'), '');
  const run = spawnSync(process.execPath, [path.join(program, 'cli', 'traffic.js'), '--version'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: temporary },
  });
  assert.deepEqual([run.status, run.stderr], [0, '']);
  assert.match(run.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.deepEqual(fs.readdirSync(temporary), []);
});

test('a command prints its own words alone, whatever the Node that runs it', () => {
  const run = spawnSync(process.execPath, [path.join(ROOT, 'cli', 'traffic.js'), '--version'], {
    encoding: 'utf8',
  });
  assert.deepEqual([run.status, run.stderr], [0, '']);
});
