// Eleventy 3 ships no types. These are the few of its methods that we call.
declare module '@11ty/eleventy' {
  export interface EleventyConfig {
    readonly benchmarks: Readonly<Record<string, { setMinimumThresholdMs(milliseconds: number): void }>>;
    readonly globalData: Readonly<Record<string, unknown>>;
    addGlobalData(name: string, data: unknown): void;
    addTemplate(name: string, page: object): void;
    setUseGitIgnore(use: boolean): void;
    setQuietMode(quiet: boolean): void;
  }

  export interface EleventyOptions {
    readonly quietMode?: boolean;
    readonly configPath?: string;
    readonly config?: (config: EleventyConfig) => void;
  }

  export default class Eleventy {
    constructor(input?: string, output?: string, options?: EleventyOptions);
    disableLogger(): void;
    toJSON(): Promise<readonly { readonly outputPath: string; readonly content: string }[]>;
  }
}
