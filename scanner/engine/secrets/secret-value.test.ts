import { expect, test } from "vitest";
import { isSecretNamed } from "./secret-value.ts";

test.each([
  ["password", "t9Q!x7Lm2z"],
  ["DB_PASSWORD", "hunter2"],
  ["jwtSecret", "kq83-zz01"],
  ["aws_secret_access_key", "wJalrXUtnFEMIK7MDENGbPxRfiCY"],
  ["spring.datasource.password", "s3cr3t-pw"],
  ["apiKey", "8f14e45fceea167a5a36dedd4bea2543"],
])("a text under %s is a secret: %s", (name, text) => {
  expect(isSecretNamed(name, text)).toBe(true);
});

test.each([
  ["password", ""],
  ["password", "changeme"],
  ["password", "myPass"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's, not ours
  ["password", "${DB_PASSWORD}"],
  ["password", "<your password>"],
  ["password", "Please enter it"],
  ["password", "Updated."],
  ["password", "Passwort eingeben"],
  ["password", "パスワード"],
  ["password", "********"],
  ["SecretKey", "secret-key"],
  ["pbkdf2-password", "^1.2.1"],
  ["passwordField", "loginpw1"],
  ["password_hash", "5f4dcc3b5aa765d61d83"],
  ["tokenUrl", "https://example.com/t0ken"],
  ["token_type", "bearer9x"],
  ["RESET_PASSWORD", "reset_password"],
  ["title", "t9Q!x7Lm2z"],
])("a text under %s is none: %s", (name, text) => {
  expect(isSecretNamed(name, text)).toBe(false);
});
