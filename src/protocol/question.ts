export interface QuestionOption {
  readonly label: string;
  readonly description?: string;
}

/** What the model asks the user. They may always write an answer of their own. */
export interface Question {
  readonly text: string;
  /** None: the answer is written. */
  readonly options: readonly QuestionOption[];
  /** More than one option may be chosen. */
  readonly multiple: boolean;
}

/** A question that waits. */
export interface OpenQuestion extends Question {
  readonly id: string;
}

export type QuestionAnswer =
  | {
      readonly kind: "answer";
      /** Which options, from 0. */
      readonly chosen: readonly number[];
      /** In the user's own words; blank where the options say it all. */
      readonly text: string;
    }
  | { readonly kind: "skip" };
