/** @file Several contestants side by side: started one after the other, asked in turns. */
import { type Answer, Contestant, type Request, type Side, type Spec } from './contestant';

/** A contestant with what it has answered to one kind of request, round by round. */
export type Taken = ReadonlyMap<string, readonly Answer[]>;

export interface FieldOptions {
  threads: number;
  /** Hears who has failed, and why. */
  warn: (text: string) => void;
}

/** The contestants of one comparison. Who fails leaves it. */
export class Field {
  private contestants: Contestant[] = [];
  /** What they answered to the request to set the experiment up. */
  readonly first = new Map<string, Answer>();

  constructor(private readonly options: FieldOptions) {}

  /** Starts everybody, one after the other, on the same experiment. */
  async start(sides: readonly Side[], spec: Spec): Promise<this> {
    for (const side of sides) {
      const contestant = new Contestant(side, this.options.threads);
      this.contestants.push(contestant);
      const answer = await this.ask(contestant, { do: 'setup', spec });
      if (answer) this.first.set(side.name, answer);
    }
    return this;
  }

  get names(): string[] {
    return this.contestants.map(({ side }) => side.name);
  }

  private async ask(contestant: Contestant, request: Request): Promise<Answer | undefined> {
    try {
      return await contestant.ask(request);
    } catch (error) {
      this.options.warn((error as Error).message);
      this.contestants = this.contestants.filter((other) => other !== contestant);
      await contestant.stop();
      return undefined;
    }
  }

  /** Asks everybody once. */
  async each(requestFor: (name: string) => Request): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    for (const contestant of [...this.contestants]) {
      const { name } = contestant.side;
      const answer = await this.ask(contestant, requestFor(name));
      if (answer) answers.set(name, answer);
    }
    return answers;
  }

  /** The first becomes the last: whoever comes after a disturbance is not always the same. */
  rotate(): void {
    this.contestants.push(...this.contestants.splice(0, 1));
  }

  /** Asks everybody in each round. */
  async rounds(count: number, requestFor: (name: string) => Request): Promise<Taken> {
    const taken = new Map<string, Answer[]>();
    for (let round = 0; round < count; round++) {
      const answers = await this.each(requestFor);
      for (const [name, answer] of answers) taken.set(name, [...(taken.get(name) ?? []), answer]);
      this.rotate();
    }
    return new Map([...taken].filter(([name]) => this.names.includes(name)));
  }

  async stop(): Promise<void> {
    for (const contestant of this.contestants) await contestant.stop();
  }
}
