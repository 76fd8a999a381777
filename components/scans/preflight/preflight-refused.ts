/** The archive would be refused by the scanner. The message says why, to the person who chose it. */
export class PreflightRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
